"use client";

/** Opens the browser's print dialogue; it can also save the page as PDF. */
export function PrintButton() {
  return (
    <button type="button" className="button" data-kind="quiet" onClick={() => print()}>
      Print, or save as PDF
    </button>
  );
}
