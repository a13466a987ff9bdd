import { publicEndpoint } from "@/lib/api/endpoint";
import { statistics } from "@/lib/directory/store";

/** What all companies together pledged, reported and paid, in US cents and hundredths of developers. */
export const GET = publicEndpoint({ run: async ({ now }) => ({ data: await statistics(now) }) });
