/** The product's mark: three strokes that join into one. */
export function Mark({ className = "size-7" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" fill="none" stroke="currentColor">
      <path d="M4 5c0 9 10 8 11 15" strokeWidth="2.5" strokeLinecap="round" />
      <path d="M28 5c0 9-10 8-11 15" strokeWidth="2.5" strokeLinecap="round" />
      <path d="M16 3v26" strokeWidth="4" strokeLinecap="round" />
    </svg>
  );
}

/** A number from a name that is the same on every machine and every day (FNV-1a, 32 bits). */
function numberOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}

/** Up to two letters that stand for a name: the first of its first two words. */
function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const first = words[0] ?? "";
  const second = words[1];
  const letters = second ? [...first][0]! + [...second][0]! : [...first].slice(0, 2).join("");
  return letters.toLocaleUpperCase("en");
}

/**
 * A company's drawn mark: streams whose bends come from its name, and its initials. Same name, same drawing.
 * The box has its size before anything is drawn, so nothing moves.
 */
export function CompanyMark({ name, size = 40 }: { name: string; size?: number }) {
  const number = numberOf(name);
  const strokes = [0, 1, 2].map((index) => {
    const bits = (number >>> (index * 9)) & 0x1ff;
    const start = 4 + (bits % 7) * 5 + index;
    const bend = 10 + ((bits >>> 3) % 7) * 3;
    return {
      path: `M${start} 0C${start} ${bend} ${20 + (index - 1) * 3} ${bend - 2} ${20 + (index - 1) * 2} 40`,
      width: 2 + ((bits >>> 6) % 4),
    };
  });
  return (
    <svg viewBox="0 0 40 40" width={size} height={size} aria-hidden="true" className="block shrink-0 bg-river-soft">
      <g fill="none" className="stroke-paper" opacity="0.75">
        {strokes.map((stroke) => (
          <path key={stroke.path} d={stroke.path} strokeWidth={stroke.width + 1.5} />
        ))}
      </g>
      <text x="20" y="25.5" textAnchor="middle" fontSize="15" className="fill-river font-head">
        {initialsOf(name)}
      </text>
    </svg>
  );
}
