import { pledgeFile } from "@/app/_ui/pledge-file";
import { memberV1 } from "@/lib/report/exports/open-source-pledge";

/** The company's file for the Open Source Pledge, version 1, which companies still host. */
export const GET = pledgeFile((company, reports, addressOf) => memberV1(company, reports, addressOf));
