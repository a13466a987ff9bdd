"use client";

import { useRef, useState } from "react";
import { LineEditor } from "./line-editor";
import type { Edit } from "./use-history";

/** The way to change somebody who is not in the ledger: too small to be paid, or not reached. */
export function EditName({ id, name, edit, amounts }: { id: string; name: string; edit: Edit; amounts: boolean }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div className="no-print">
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-label={`Change ${name}`}
        onClick={() => setOpen(!open)}
        className="link min-h-6"
      >
        Change
      </button>
      {open && (
        <LineEditor
          id={id}
          name={name}
          edit={edit}
          amounts={amounts}
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </div>
  );
}
