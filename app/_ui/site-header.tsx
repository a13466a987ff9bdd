import { currentSession } from "@/app/_session";
import { Mark } from "./mark";

const PLACES = [
  { href: "/scan", name: "Scan" },
  { href: "/directory", name: "Directory" },
  { href: "/methodology", name: "Method" },
];

/** The top of every page: where one is, and the door. */
export async function SiteHeader() {
  const session = await currentSession();
  return (
    <header className="no-print border-b border-line">
      <div className="page flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
        <a href="/" className="flex items-center gap-2 py-1 text-ink">
          <span className="text-river">
            <Mark />
          </span>
          <span className="font-head text-[1.375rem] leading-none tracking-tight">Tributary</span>
        </a>
        <nav aria-label="Main" className="flex flex-wrap items-center gap-x-1 text-[0.9375rem]">
          {PLACES.map((place) => (
            <a key={place.href} href={place.href} className="px-2 py-2 text-ink hover:text-river hover:underline">
              {place.name}
            </a>
          ))}
          <a
            href={session ? "/account" : "/sign-in"}
            className="px-2 py-2 font-semibold text-river underline-offset-4 hover:underline"
          >
            {session ? "Your account" : "Sign in"}
          </a>
        </nav>
      </div>
    </header>
  );
}
