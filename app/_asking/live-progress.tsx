"use client";

import { useEffect, useState } from "react";
import type { RunProgress } from "@/lib/funding/progress";
import { followRun } from "./follow-run";
import { RunHeadline, RunProgressTable } from "./run-progress";

/** A run as it happens, and the page anew when it has finished. Without JavaScript the page reloads itself. */
export function LiveProgress({ address, initial }: { address: string; initial: RunProgress }) {
  const [progress, setProgress] = useState(initial);
  const [isLost, setLost] = useState(false);
  useEffect(
    () => followRun(address, { progress: setProgress, finished: () => location.reload(), lost: () => setLost(true) }),
    [address],
  );
  return (
    <>
      <RunHeadline progress={progress} />
      {isLost && (
        <p role="alert" className="mt-3 border-l-4 border-warn py-1 pl-4">
          The connection that shows the progress was refused. Asking goes on in the background; reload the page to see
          how far it is.
        </p>
      )}
      <RunProgressTable progress={progress} />
    </>
  );
}
