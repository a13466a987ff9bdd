/** Earlier and later pages of a list, as plain links; nothing where there is only one page. */
export function Pager({ page, pages, href }: { page: number; pages: number; href: (page: number) => string }) {
  if (pages < 2) return null;
  return (
    <nav aria-label="Pages" className="mt-5 flex items-center justify-between gap-4">
      {page > 1 ? (
        <a href={href(page - 1)} rel="prev" className="button" data-kind="quiet">
          Previous
        </a>
      ) : (
        <span />
      )}
      <span className="label">
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a href={href(page + 1)} rel="next" className="button" data-kind="quiet">
          Next
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
