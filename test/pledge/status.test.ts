import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, dateOf } from "../../lib/day.ts";
import { type PledgeFacts, statusBoundaries, statusDates, statusOf } from "../../lib/pledge/status.ts";

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const pledge = (facts: Partial<PledgeFacts> = {}): PledgeFacts => ({
  pledgedOn: "2026-01-31",
  latestReportedOn: null,
  latestMeetsPledge: null,
  onTrack: false,
  ...facts,
});

describe("the status of a pledge", () => {
  test("is pledged on the day of the pledge", () => {
    expect(statusOf(pledge(), at("2026-01-31"))).toBe("pledged");
  });

  test("is pledged while the pledge takes effect only later", () => {
    expect(statusOf(pledge({ pledgedOn: "2026-03-01" }), at("2026-01-31"))).toBe("pledged");
  });

  test("is on track without a report when payments keep step", () => {
    expect(statusOf(pledge({ onTrack: true }), at("2026-06-01"))).toBe("on_track");
  });

  test("turns due, overdue and lapsed on the very day of 10, 12 and 13 calendar months", () => {
    const through = ["2026-11-29", "2026-11-30", "2027-01-30", "2027-01-31", "2027-02-27", "2027-02-28"];
    expect(through.map((day) => statusOf(pledge(), at(day)))).toEqual([
      "pledged",
      "due",
      "due",
      "overdue",
      "overdue",
      "lapsed",
    ]);
  });

  test("counts from the latest report, not from the pledge, once there is one", () => {
    const reported = pledge({ latestReportedOn: "2027-01-15", latestMeetsPledge: true });
    expect(statusOf(reported, at("2027-06-01"))).toBe("met");
    expect(statusOf(reported, at("2028-01-15"))).toBe("overdue");
  });

  test("is short after a report below the pledge, however well this year's payments go", () => {
    const short = pledge({ latestReportedOn: "2027-01-15", latestMeetsPledge: false, onTrack: true });
    expect(statusOf(short, at("2027-06-01"))).toBe("short");
  });

  test("is withdrawn from the day of the withdrawal on, whatever else is true", () => {
    const withdrawn = pledge({ withdrawnOn: "2026-05-01", onTrack: true });
    expect(statusOf(withdrawn, at("2026-04-30"))).toBe("on_track");
    expect(statusOf(withdrawn, at("2026-05-01"))).toBe("withdrawn");
    expect(statusOf(withdrawn, at("2029-05-01"))).toBe("withdrawn");
  });

  test("walks two years in order and never turns back by itself", () => {
    const seen: string[] = [];
    for (let day = "2026-01-31"; day <= "2028-01-31"; day = addDays(day, 1)) {
      const status = statusOf(pledge(), dateOf(day));
      if (seen.at(-1) !== status) seen.push(status);
    }
    expect(seen).toEqual(["pledged", "due", "overdue", "lapsed"]);
  });

  test("changes exactly on the days it announces", () => {
    const { dueOn, overdueOn, lapsesOn } = statusDates("2024-02-29");
    expect({ dueOn, overdueOn, lapsesOn }).toEqual({
      dueOn: "2024-12-29",
      overdueOn: "2025-02-28",
      lapsesOn: "2025-03-29",
    });
    const born = pledge({ pledgedOn: "2024-02-29" });
    expect(statusOf(born, at("2025-02-27"))).toBe("due");
    expect(statusOf(born, at("2025-02-28"))).toBe("overdue");
  });
});

test("the boundary days say the same as adding months to every single anchor", () => {
  const anyDay = fc.integer({ min: 0, max: 4000 }).map((offset) => addDays("2020-01-01", offset));
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -3, max: 450 }), (today, age) => {
      const anchor = addDays(today, -age);
      const bounds = statusBoundaries(dateOf(today));
      expect(anchor <= bounds.dueThroughOn).toBe(addMonths(anchor, 10) <= today);
      expect(anchor <= bounds.overdueThroughOn).toBe(addMonths(anchor, 12) <= today);
      expect(anchor <= bounds.lapsedThroughOn).toBe(addMonths(anchor, 13) <= today);
    }),
    { numRuns: 3000 },
  );
});
