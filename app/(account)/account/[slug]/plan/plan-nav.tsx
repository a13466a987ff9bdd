const PAGES = [
  { path: "", name: "The plan" },
  { path: "/versions", name: "Versions" },
  { path: "/votes", name: "Votes" },
  { path: "/strategies", name: "Strategies" },
] as const;

/** The rooms of the plan. */
export function PlanNav({ slug, here }: { slug: string; here: (typeof PAGES)[number]["path"] }) {
  return (
    <nav aria-label="Plan" className="no-print mt-4">
      <ul className="flex flex-wrap gap-x-5 text-small">
        {PAGES.map(({ path, name }) => (
          <li key={path}>
            <a
              href={`/account/${slug}/plan${path}`}
              aria-current={path === here ? "page" : undefined}
              className={`inline-block py-1.5 ${path === here ? "font-semibold text-ink" : "link"}`}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
