import { CompanyMark } from "./mark";

/** Edges logos are kept at; the smallest that is sharp on dense screens is asked for. */
const KEPT = [64, 128, 256];

/** A company's logo from our own address, or its drawn mark; the same box either way, so that nothing moves. */
export function CompanyLogo({ name, version, size = 40 }: { name: string; version: string | null; size?: number }) {
  if (!version) return <CompanyMark name={name} size={size} />;
  const edge = KEPT.find((kept) => kept >= size * 2) ?? 256;
  return (
    // biome-ignore lint/performance/noImgElement: the pictures have their final sizes and format already
    <img src={`/logos/${version}/${edge}`} width={size} height={size} alt="" className="block shrink-0 bg-paper" />
  );
}
