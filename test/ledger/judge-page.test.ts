import { expect, test } from "vitest";
import { judgePage } from "../../lib/ledger/judge-page.ts";

const subject = {
  payeeName: "Sample Collective",
  payeeUrl: "https://opencollective.com/sample-collective",
  amountMinor: 125_000,
  currency: "USD",
  companyName: "Acme Tools",
};

test.each([
  ["B", "names the company and states the amount", "<p>Acme&nbsp;Tools gave <b>$1,250.00</b></p>"],
  ["B", "writes the amount as others do", "<td>acme-tools</td><td>1.250,00 USD</td>"],
  ["C", "names both and no amount", "<h1>Sample Collective</h1><li>ACME TOOLS, a sponsor</li>"],
  ["C", "shows the company as a picture", '<h1>Sample Collective</h1><a><img src="x" alt="@acmetools"></a>'],
  ["C", "states another amount that holds this one", "<h1>Sample Collective</h1> Acme Tools $21,250.00"],
  ["C", "states this amount with more digits behind", "<h1>Sample Collective</h1> Acme Tools $1,250.001"],
  ["E", "states the amount and names nobody", "<p>$1,250.00</p>"],
  ["E", "names the company in a script alone", "<script>var a = 'Acme Tools Sample Collective $1,250.00'</script>"],
])("answers %s for a page that %s", (grade, _, html) => {
  expect(judgePage(html, subject)).toBe(grade);
});

test("reads currencies without decimals", () => {
  expect(judgePage("Acme Tools ¥12,000", { ...subject, amountMinor: 12_000, currency: "JPY" })).toBe("B");
});

test("does not take part of a word for a short name", () => {
  expect(judgePage("<p>glad $1,250.00</p>", { ...subject, companyName: "AD", payeeName: "X", payeeUrl: null })).toBe(
    "E",
  );
});
