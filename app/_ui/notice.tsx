import type { ReactNode } from "react";

const EDGES = { good: "border-good", warn: "border-warn", bad: "border-bad", quiet: "border-edge text-quiet" };

/** A sentence that stands out by its edge: what was done, or what to know before reading on. */
export function Notice({ tone, children }: { tone: keyof typeof EDGES; children: ReactNode }) {
  return (
    <p role={tone === "good" ? "status" : undefined} className={`words mt-6 border-l-4 py-1 pl-4 ${EDGES[tone]}`}>
      {children}
    </p>
  );
}

/** What was refused, said on the page that came instead of an answer. */
export function Trouble({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="words mt-6 border-bad border-l-4 py-1 pl-4 font-semibold">
      {children}
    </p>
  );
}

/** What was done, said after the form that did it led back here; the address names only which sentence. */
export function Done({ said, sentences }: { said: string | string[] | undefined; sentences: Record<string, string> }) {
  const sentence = typeof said === "string" && Object.hasOwn(sentences, said) ? sentences[said] : undefined;
  return sentence ? <Notice tone="good">{sentence}</Notice> : null;
}
