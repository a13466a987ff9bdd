import { problemResponse } from "@/lib/api/problem";
import { exportAccount } from "@/lib/auth/account-store";
import { requireSession } from "@/lib/auth/session";

/** Answers everything the site knows of whoever is signed in, as a file. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { user } = await requireSession(request.headers);
    return new Response(`${JSON.stringify(await exportAccount(user.id), null, 2)}\n`, {
      headers: {
        "content-type": "application/json",
        "content-disposition": 'attachment; filename="your-tributary-data.json"',
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return problemResponse(error);
  }
}
