/** What pages that show data from this source must say beside it. */
export const ECOSYSTEMS_ATTRIBUTION = {
  text: "Package and repository data: ecosyste.ms, CC BY-SA 4.0. Derived data sets are shared under the same licence.",
  url: "https://ecosyste.ms",
  licence: "CC-BY-SA-4.0",
  licenceUrl: "https://creativecommons.org/licenses/by-sa/4.0/",
} as const;
