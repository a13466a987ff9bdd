import type { ReactNode } from "react";

/** A page of words: one column of comfortable measure. */
export function Prose({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <article className="page pt-8 sm:pt-12">
      <h1>{title}</h1>
      <p className="words mt-3 text-lead">{lead}</p>
      <div className="mt-8 [&_h2]:mt-12 [&_h2]:mb-2 [&_h3]:mt-6 [&_li]:mt-1 [&_li]:max-w-[40rem] [&_ol]:mt-3 [&_ol]:list-decimal [&_ol]:pl-5 [&_p]:mt-3 [&_p]:max-w-[40rem] [&_ul]:mt-3 [&_ul]:list-disc [&_ul]:pl-5">
        {children}
      </div>
    </article>
  );
}
