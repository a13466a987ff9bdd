import type { Metadata } from "next";
import { formatExamples, formatLabels } from "@/app/_scan/format-list";
import { ScanView } from "@/app/_scan/scan-view";
import { askableParties } from "@/lib/funding/ask";
import { partiesFromEnv } from "@/lib/funding/parties";
import { FormatTable } from "./format-table";

export const metadata: Metadata = {
  title: "Scan",
  description: "Drop lockfiles and see the people your software stands on. Read in your browser; nothing is sent.",
};

export default function ScanPage() {
  return (
    <>
      <noscript>
        <div className="page pt-8">
          <p className="border-l-4 border-warn py-1 pl-4">
            Lockfiles are read in your browser, so that nothing has to be sent; that needs JavaScript. Without it, run{" "}
            <code>npm run scan</code> on your own machine: the README says how.
          </p>
        </div>
      </noscript>
      <ScanView examples={formatExamples()} labels={formatLabels()} askable={askableParties(partiesFromEnv())} />
      <FormatTable />
    </>
  );
}
