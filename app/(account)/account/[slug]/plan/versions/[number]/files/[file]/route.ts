import { memberEndpoint } from "@/lib/api/endpoint";
import { findFile, orderLines, payableOrder } from "@/lib/plan/order";
import { getPlan } from "@/lib/plan/store";
import { refuse } from "@/lib/refusal";

/** One payable file of a saved plan, for members only: it names whom a company pays. */
export const GET = memberEndpoint({
  question: "canViewCompany",
  run: async ({ company, params }) => {
    const plan = await getPlan(company.companyId, Number(params.number));
    const order = payableOrder(orderLines(plan.result, plan.inputs), plan.period, plan.methodVersion);
    const file = findFile(order, params.file ?? "");
    if (!file) throw refuse("not_found", "There is no such file.");
    return new Response(file.text, {
      headers: {
        "content-type": file.type,
        // the name is one of ours: letters, digits, points and hyphens
        "content-disposition": `attachment; filename="${file.name}"`,
        "x-content-type-options": "nosniff",
      },
    });
  },
});
