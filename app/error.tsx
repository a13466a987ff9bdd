"use client";

/** What a visitor sees when a page could not be made. The log has the rest; the digest finds it there. */
export default function PageTrouble({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="page pt-8 sm:pt-12" role="alert">
      <h1>This page could not be made</h1>
      <p className="words mt-3 text-lead">
        That is a mistake of ours or of something we depend on. What you saved before is safe.
      </p>
      {error.digest && <p className="label mt-2">For whoever runs this site: look for {error.digest} in the log.</p>}
      <button type="button" className="button mt-5" onClick={reset}>
        Try again
      </button>
    </div>
  );
}
