import type { Metadata } from "next";
import { KeepScan } from "@/app/_scan/keep-scan";
import { signedIn } from "@/app/_session";
import { may } from "@/lib/auth/permissions";
import { listMemberships } from "@/lib/auth/store";
import { askableParties } from "@/lib/funding/ask";
import { partiesFromEnv } from "@/lib/funding/parties";

export const metadata: Metadata = { title: "Keep this scan" };

export default async function KeepPage() {
  const { user } = await signedIn("/account/keep");
  const companies = (await listMemberships(user.id))
    .filter(({ role }) => may(role, "canKeepScan"))
    .map(({ slug, name }) => ({ slug, name }));
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>Keep this scan</h1>
      {companies.length === 0 ? (
        <>
          <p className="words mt-3 mb-5 text-lead">
            A scan is kept with a company, and you are not yet in one that lets you. Your files wait in this browser.
          </p>
          <a href="/account/register" className="button">
            Register your company
          </a>
        </>
      ) : (
        <KeepScan companies={companies} requestKey={crypto.randomUUID()} askable={askableParties(partiesFromEnv())} />
      )}
    </div>
  );
}
