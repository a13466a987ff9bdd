import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../lib/day.ts";
import { fiscalYearOf, formatFiscalYearEnd, isOnTrack, parseFiscalYearEnd } from "../../lib/pledge/fiscal-year.ts";

describe("a fiscal year", () => {
  test("that ends with the calendar year is the calendar year", () => {
    expect(fiscalYearOf("2026-12-31", { month: 12, day: 31 })).toEqual({ startOn: "2026-01-01", endOn: "2026-12-31" });
  });

  test("that ends in June begins the next day", () => {
    expect(fiscalYearOf("2026-06-30", { month: 6, day: 30 })).toEqual({ startOn: "2025-07-01", endOn: "2026-06-30" });
    expect(fiscalYearOf("2026-07-01", { month: 6, day: 30 })).toEqual({ startOn: "2026-07-01", endOn: "2027-06-30" });
  });

  test("that ends on 29 February ends on the 28th where there is no 29th", () => {
    expect(fiscalYearOf("2027-02-28", { month: 2, day: 29 })).toEqual({ startOn: "2026-03-01", endOn: "2027-02-28" });
    expect(fiscalYearOf("2028-02-29", { month: 2, day: 29 })).toEqual({ startOn: "2027-03-01", endOn: "2028-02-29" });
    expect(fiscalYearOf("2028-03-01", { month: 2, day: 29 })).toEqual({ startOn: "2028-03-01", endOn: "2029-02-28" });
  });

  test("holds every day exactly once, whatever day it ends on", () => {
    const end = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), end, (offset, ends) => {
        const day = addDays("2020-01-01", offset);
        const year = fiscalYearOf(day, ends);
        expect(year.startOn <= day && day <= year.endOn).toBe(true);
        expect(fiscalYearOf(year.startOn, ends)).toEqual(year);
        expect(fiscalYearOf(addDays(year.endOn, 1), ends).startOn).toBe(addDays(year.endOn, 1));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a fiscal year end in a form", () => {
  test("is a month and a day", () => {
    expect(parseFiscalYearEnd("06-30")).toEqual({ month: 6, day: 30 });
    expect(formatFiscalYearEnd({ month: 6, day: 30 })).toBe("06-30");
  });

  test.each(["", "02-30", "13-01", "00-10", "06-00", "06/30", "2026-06-30"])("%j is none", (text) => {
    expect(parseFiscalYearEnd(text)).toBeNull();
  });
});

describe("on track", () => {
  const year = { startOn: "2026-01-01", endOn: "2026-12-31" };
  const halfway = new Date("2026-07-02T10:00:00Z"); // 182 of 365 days are over

  test("is who paid the part of the year that is over, to the cent", () => {
    expect(isOnTrack(182, 365, year, halfway)).toBe(true);
    expect(isOnTrack(181, 365, year, halfway)).toBe(false);
  });

  test("is nobody who has paid nothing, even on the first day", () => {
    expect(isOnTrack(0, 2_800_000, year, new Date("2026-01-01T00:00:00Z"))).toBe(false);
    expect(isOnTrack(1, 2_800_000, year, new Date("2026-01-01T23:00:00Z"))).toBe(true);
  });

  test("asks for the whole amount after the year and never for more", () => {
    expect(isOnTrack(365, 365, year, new Date("2028-01-01T00:00:00Z"))).toBe(true);
    expect(isOnTrack(364, 365, year, new Date("2027-01-01T00:00:00Z"))).toBe(false);
  });
});
