import { auth, hasGitHub } from "./auth.ts";
import { findOwnedOrganisations, type OwnedOrganisation } from "./sources/github.ts";

/** The organisations somebody owns, or why they cannot be told. */
export type Organisations = { kind: "found"; value: OwnedOrganisation[] } | { kind: "failed"; reason: string };

/** Asks GitHub which organisations the signed-in person owns, with the link of their account. */
export async function ownedOrganisations(headers: Headers): Promise<Organisations> {
  if (!hasGitHub()) return { kind: "failed", reason: "GitHub is not set up here." };
  const accounts = await auth().api.listUserAccounts({ headers });
  const linked = accounts.find(({ providerId }) => providerId === "github");
  if (!linked)
    return { kind: "failed", reason: "Your account is not linked with GitHub yet. Link it, then look again." };
  const { accessToken } = await auth().api.getAccessToken({
    headers,
    body: { accountId: linked.id },
  });
  return findOwnedOrganisations(accessToken);
}
