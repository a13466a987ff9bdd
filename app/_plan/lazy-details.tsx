"use client";

import { type ReactNode, useState } from "react";

/** A disclosure whose content is there only while it is open. */
export function LazyDetails({
  summary,
  open: first = false,
  children,
}: {
  summary: ReactNode;
  open?: boolean | undefined;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(first);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children}
    </details>
  );
}
