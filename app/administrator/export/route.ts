import { z } from "zod";
import { readInput } from "@/lib/api/input";
import { problemResponse } from "@/lib/api/problem";
import { exportChanges, exportHeaders } from "@/lib/audit/export";
import { eachChange } from "@/lib/audit/store";
import { requireAdministrator } from "@/lib/auth/administrator-store";
import { requireSession } from "@/lib/auth/session";

const input = z.object({ format: z.enum(["csv", "json"], { error: "Choose csv or json." }).default("json") });

/** Answers the whole instance's history of changes as a file, to administrators. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { user } = await requireSession(request.headers);
    await requireAdministrator(user.id);
    const { format } = await readInput(request, input);
    return new Response(exportChanges(eachChange(null), format), { headers: exportHeaders("history", format) });
  } catch (error) {
    return problemResponse(error);
  }
}
