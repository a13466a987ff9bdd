import { expect, test } from "vitest";
import { readAccounts } from "../../lib/stack/own-accounts.ts";

test.each([
  ["acme", "github.com/acme"],
  ["@Acme", "github.com/acme"],
  ["https://github.com/sponsors/acme", "github.com/acme"],
  ["https://www.github.com/orgs/acme/", "github.com/acme"],
  ["https://opencollective.com/Acme/", "opencollective.com/acme"],
])("reads %s as %s", (typed, account) => {
  expect(readAccounts(typed)).toEqual({ accounts: [account], unread: [] });
});

test("takes many at once, each once, and says what it cannot read", () => {
  expect(readAccounts("zeta, acme\nACME; a/b/c ../x")).toEqual({
    accounts: ["github.com/acme", "github.com/zeta"],
    unread: ["a/b/c", "../x"],
  });
});
