"use client";

import { usePathname } from "next/navigation";

const TABS = [
  { path: "", name: "Overview" },
  { path: "/scans", name: "Stack" },
  { path: "/plan", name: "Plan" },
  { path: "/payments", name: "Payments" },
  { path: "/report", name: "Report" },
  { path: "/members", name: "Team" },
  { path: "/settings", name: "Settings" },
];

/** The rooms of a company's account; the one you are in is said to screen readers too. */
export function AccountTabs({ slug }: { slug: string }) {
  const here = usePathname();
  const home = `/account/${slug}`;
  return (
    <nav aria-label="Account" className="no-print -mx-4 mt-4 overflow-x-auto border-b border-line px-4">
      <ul className="flex gap-x-5 whitespace-nowrap">
        {TABS.map((tab) => {
          const current = tab.path === "" ? here === home : here.startsWith(home + tab.path);
          return (
            // on a phone the tabs scroll: the one you are in comes into sight
            <li
              key={tab.path}
              ref={current ? (item) => item?.scrollIntoView({ block: "nearest", inline: "center" }) : undefined}
            >
              <a
                href={home + tab.path}
                aria-current={current ? "page" : undefined}
                className={`-mb-px block border-b-2 py-2.5 ${current ? "border-river font-semibold text-ink" : "border-transparent text-quiet hover:text-ink"}`}
              >
                {tab.name}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
