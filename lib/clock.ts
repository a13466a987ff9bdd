/** The one place that reads the clock; rules take `now` as an argument instead. */
export const clock = { now: (): Date => new Date() };
