import { pledgeFile } from "@/app/_ui/pledge-file";
import { memberV2 } from "@/lib/report/exports/open-source-pledge";

/** The company's file for the Open Source Pledge, version 2, at an address that stays. */
export const GET = pledgeFile((company, reports, addressOf) => memberV2(company, reports, addressOf));
