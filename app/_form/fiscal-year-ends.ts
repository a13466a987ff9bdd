const MONTH = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });

/** The last day of each month: the days on which fiscal years end in practice. February means its last day. */
export const FISCAL_YEAR_ENDS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((day, index) => ({
  value: `${String(index + 1).padStart(2, "0")}-${day}`,
  label: index === 1 ? "end of February" : `${MONTH.format(new Date(Date.UTC(2028, index, 1)))} ${day}`,
}));
