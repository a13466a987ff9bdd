/** Bands of company size by full-time-equivalent developers, in hundredths; `to` is the first size beyond the band. */
export const SIZE_BANDS = [
  { band: "1-9", name: "1 to 9 developers", from: 0, to: 10_00 },
  { band: "10-49", name: "10 to 49 developers", from: 10_00, to: 50_00 },
  { band: "50-249", name: "50 to 249 developers", from: 50_00, to: 250_00 },
  { band: "250-999", name: "250 to 999 developers", from: 250_00, to: 1000_00 },
  { band: "1000+", name: "1,000 developers and more", from: 1000_00, to: null },
] as const;

/** The name of a band as it stands in addresses: "10-49". */
export type SizeBand = (typeof SIZE_BANDS)[number]["band"];

/**
 * Tells which band a company of so many developers belongs to.
 *
 * @example sizeBandOf(49_99) // → "10-49"
 */
export function sizeBandOf(fteHundredths: number): SizeBand {
  return SIZE_BANDS.findLast((band) => fteHundredths >= band.from)?.band ?? "1-9";
}
