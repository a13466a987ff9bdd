/** The foot of every page: what this is and what it is not. */
export function SiteFooter() {
  return (
    <footer className="no-print mt-20 border-t border-line">
      <div className="page flex flex-col gap-4 py-8 text-small text-quiet sm:flex-row sm:justify-between">
        <p className="max-w-md">
          Tributary is open source under Apache-2.0 and can be run by anyone. It never holds money. It is independent of
          the Open Source Pledge; its exports are compatible with the Pledge’s report format.
        </p>
        <ul className="flex flex-wrap gap-x-5 gap-y-1">
          <li>
            <a href="/methodology">How money is divided</a>
          </li>
          <li>
            <a href="/maintainers">For maintainers</a>
          </li>
          <li>
            <a href="/data">Data and feeds</a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
