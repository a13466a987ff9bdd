import { notFound } from "next/navigation";
import { getPlan, type SavedPlan } from "@/lib/plan/store";
import { Refusal } from "@/lib/refusal";

/** A saved plan by the number in the address; a page that is not there where there is none. */
export async function savedPlan(companyId: string, number: string): Promise<SavedPlan> {
  return getPlan(companyId, Number(number)).catch((error) => {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  });
}
