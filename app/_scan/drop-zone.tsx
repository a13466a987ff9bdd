"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { filesOfDrop, load } from "./dropped";
import { keepFiles } from "./kept-files";

/**
 * Where lockfiles are dropped or picked. They go to this browser's own storage and from there to a Web Worker of this
 * page; nothing is sent.
 *
 * @param onFiles  what to do with them where the page shows the answer itself; without it the scan page is opened
 */
export function DropZone({ examples, onKept, compact }: { examples: string; onKept?: () => void; compact?: boolean }) {
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function take(files: Promise<File[]> | File[]) {
    setOver(false);
    setTrouble(null);
    const loaded = await load(await files);
    if (loaded.length === 0) {
      setTrouble("There was no file in what you dropped.");
      return;
    }
    if (!(await keepFiles(loaded))) {
      setTrouble(
        "Your browser would not keep the files for this page (a private window or a full disk). Open this page in an ordinary window and drop them again; nothing was sent.",
      );
      return;
    }
    if (onKept) onKept();
    else router.push("/scan");
  }

  return (
    <section
      aria-label="Lockfiles"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        void take(filesOfDrop(event.dataTransfer));
      }}
      className={`border border-dashed border-edge ${compact ? "p-5" : "p-6 sm:p-8"} ${over ? "bg-river-soft" : "bg-sheet"}`}
    >
      <p className="font-head text-lead">{compact ? "Drop other lockfiles" : "Drop your lockfiles here"}</p>
      <p className="label mt-1 mb-4">{examples}</p>
      <input
        ref={picker}
        type="file"
        multiple
        aria-label="Choose lockfiles"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) void take(files);
        }}
      />
      <button
        type="button"
        className="button"
        data-kind={compact ? "quiet" : undefined}
        onClick={() => picker.current?.click()}
      >
        Choose files
      </button>
      <p className="label mt-3">Read in your browser. Nothing is sent.</p>
      {trouble ? (
        <p role="alert" className="mt-3 font-semibold text-bad">
          <span aria-hidden="true">▲ </span>
          {trouble}
        </p>
      ) : null}
    </section>
  );
}
