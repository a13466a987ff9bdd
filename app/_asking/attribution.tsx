import { ECOSYSTEMS_ATTRIBUTION } from "@/lib/funding/attribution";

/** What ecosyste.ms asks to be said wherever its data are shown. */
export function EcosystemsAttribution() {
  return (
    <p className="label mt-3">
      {ECOSYSTEMS_ATTRIBUTION.text}{" "}
      <a href={ECOSYSTEMS_ATTRIBUTION.url} rel="noreferrer" className="link">
        ecosyste.ms
      </a>
      ,{" "}
      <a href={ECOSYSTEMS_ATTRIBUTION.licenceUrl} rel="license noreferrer" className="link">
        the licence
      </a>
    </p>
  );
}
