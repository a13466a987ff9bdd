import { unstable_rethrow } from "next/navigation";
import { Refusal } from "@/lib/refusal";
import type { FormState } from "./form-state";

/** The fields of a form as text; files and repeated names are not for this. */
export function textFields(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && !name.startsWith("$ACTION")) values[name] = value;
  }
  return values;
}

/**
 * Runs what a form asks for and turns trouble into what the page says: a refusal becomes its sentence and fields, anything
 * else goes to the log and the reader learns that nothing was saved. What was typed always comes back.
 */
export async function answerForm(
  state: FormState,
  form: FormData,
  run: (values: Record<string, string>) => Promise<FormState>,
): Promise<FormState> {
  const values = textFields(form);
  const turn = (state.turn ?? 0) + 1;
  try {
    return { ...(await run(values)), turn };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof Refusal) return { values, errors: error.fields, message: error.message, turn };
    console.error(error);
    return {
      values,
      message:
        "Something went wrong on our side. Nothing was saved and what you typed is still here. Please try again.",
      turn,
    };
  }
}
