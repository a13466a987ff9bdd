// Three years of a sample company's payments as the files its rails hand out: about 400 payments, GitHub Sponsors monthly
// from 2024 on, Open Collective with refunds, a bank in euros, thanks.dev by month. Always the same files.
const MONTHS = Array.from({ length: 36 }, (_, index) => {
  const month = String((index % 12) + 1).padStart(2, "0");
  return { year: 2023 + Math.floor(index / 12), month, index };
});

/** The report of osp-github-reporter: seven maintainers a month, one refund. */
export function githubReport(): string {
  const rows = MONTHS.flatMap(({ year, month, index }) =>
    Array.from(
      { length: 7 },
      (_, payee) => `${year}-${month}-0${payee + 1},sample-maintainer-${payee},${2_500 + 500 * payee + 100 * index}`,
    ),
  );
  return `Date,Sponsorable,Amount in US Cents\n${rows.join("\n")}\n2024-06-20,sample-maintainer-2,-5000\n`;
}

/** Open Collective's export: two gifts a month, one of them refunded, a platform tip with each. */
export function collectiveExport(): string {
  const header =
    "datetime,shortId,shortGroup,description,type,kind,isRefund,isRefunded,shortRefundId,displayAmount,amount,currency,oppositeAccountSlug,oppositeAccountName";
  const rows = MONTHS.flatMap(({ year, month, index }) => {
    const gift = (id: string, kind: string, amount: string, refund = ",,") =>
      `${year}-${month}-15T09:00:00,${id},g${id},Monthly,DEBIT,${kind},${refund},,${amount},USD,sample-collective,Sample Collective`;
    const refunded = index === 20 ? ",REFUNDED,r20" : ",,";
    return [
      gift(`a${index}`, "CONTRIBUTION", "-250.00", refunded),
      gift(`b${index}`, "ADDED_FUNDS", `-${100 + index}.50`),
      gift(`t${index}`, "PLATFORM_TIP", "-5.00"),
    ];
  });
  return `${header}\n${rows.join("\n")}\n`;
}

/** A German bank's export: one transfer a quarter, in euros, with a decimal comma. */
export function bankExport(): string {
  const rows = MONTHS.filter(({ index }) => index % 3 === 2).map(
    ({ year, month, index }) => `28.${month}.${year};Sample Foundation e.V.;-${index + 1}.000,00;EUR;Spende ${index}`,
  );
  return `Buchungsdatum;Empfänger;Betrag;Währung;Verwendungszweck\n${rows.join("\n")}\n`;
}

/** thanks.dev's list of one maintainer's donors. */
export function thanksDevDonors(): string {
  const payments = MONTHS.map(({ year, month, index }) => ({
    month: `${year}-${month}-01T00:00:00.000Z`,
    amount: 40 + index / 4,
  }));
  return JSON.stringify({
    donors: [
      { name: "Sample Co", login: "sample-co", payments },
      { name: "Other", login: "other", payments },
    ],
  });
}

/** Euro reference rates for the bank's days, in the shape of the European Central Bank's file. */
export function euroRatesXml(): string {
  const days = MONTHS.map(({ year, month, index }) => {
    const rate = (1.05 + index / 1_000).toFixed(4);
    return `<Cube time="${year}-${month}-27"><Cube currency="USD" rate="${rate}"/></Cube>`;
  });
  return `<Envelope><Cube>${days.join("")}</Cube></Envelope>`;
}
