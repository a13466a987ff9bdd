import { z } from "zod";
import { visitorEndpoint } from "@/lib/api/endpoint";
import { addressOf, throttle } from "@/lib/auth/throttle";
import { startVisitorRun } from "@/lib/funding/visitor";
import { parsePurl } from "@/lib/purl";

const MOST_PACKAGES = 10_000;

const input = z.object({
  requestKey: z.string().regex(/^[\w-]{8,80}$/, "The form is incomplete; open the page again."),
  packages: z
    .array(
      z.object({
        purl: z
          .string()
          .max(1000)
          .refine((purl) => parsePurl(purl) !== null, "This is no package."),
        repository: z.string().max(1000).optional(),
        funding: z.array(z.string().max(1000)).max(50).optional(),
      }),
    )
    .min(1, "There is no package to ask about.")
    .max(MOST_PACKAGES, `At most ${MOST_PACKAGES} packages can be asked about at once without an account.`),
});

/** Begins to ask outside parties about exactly these packages, and answers the id under which to watch and fetch. */
export const POST = visitorEndpoint({
  input,
  maxBytes: 8 * 1024 * 1024,
  run: async ({ input: { packages, requestKey }, request, now }) => {
    await throttle("visitor-run", addressOf(request.headers));
    const plain = packages.map(({ purl, repository, funding }) => ({
      purl,
      ...(repository ? { repository } : {}),
      ...(funding ? { funding } : {}),
    }));
    const { runId } = await startVisitorRun(plain, requestKey, now);
    return { status: 201, data: { runId } };
  },
});
