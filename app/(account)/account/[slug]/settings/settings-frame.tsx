import type { ReactNode } from "react";

const PLACES = [
  { path: "", name: "Profile" },
  { path: "/pledge", name: "Pledge" },
  { path: "/proof", name: "Proof of domain" },
  { path: "/reminders", name: "Reminders" },
  { path: "/history", name: "History" },
  { path: "/leaving", name: "Export and leaving" },
] as const;

/** A page of the settings: where else one can go, and what this one is about. */
export function SettingsFrame({
  slug,
  here,
  title,
  children,
}: {
  slug: string;
  here: (typeof PLACES)[number]["path"];
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="mt-8 grid gap-x-14 gap-y-6 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <nav aria-label="Settings" className="no-print">
        <ul className="flex flex-wrap gap-x-5 gap-y-1 border-b border-line pb-3 lg:block lg:border-0 lg:pb-0">
          {PLACES.map(({ path, name }) => (
            <li key={path}>
              <a
                href={`/account/${slug}/settings${path}`}
                aria-current={path === here ? "page" : undefined}
                className={`block py-1 ${path === here ? "font-semibold text-ink" : "text-quiet hover:text-ink"}`}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">
        <h1>{title}</h1>
        {children}
      </div>
    </div>
  );
}
