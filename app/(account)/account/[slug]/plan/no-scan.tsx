/** What stands on every page of the plan while there is no scan. */
export function NoScan() {
  return (
    <>
      <h1 className="mt-8">A plan begins with a scan</h1>
      <p className="words mt-3 mb-5 text-lead">
        Keep a scan of your lockfiles; the plan then divides your pledge among the people behind every package in it.
      </p>
      <a href="/scan" className="button">
        Scan lockfiles
      </a>
    </>
  );
}
