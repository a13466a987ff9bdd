const number = new Intl.NumberFormat("en");

/** A part of a fixed whole: always "part of whole", never a percentage alone. */
export function Share({ name, part, whole }: { name: string; part: number; whole: number }) {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  return (
    <div>
      <p className="flex justify-between gap-4 text-small">
        <span>{name}</span>
        <span className="whitespace-nowrap">
          <strong>{number.format(part)}</strong> of {number.format(whole)}
        </span>
      </p>
      <svg width="100%" height="8" aria-hidden="true" className="mt-1 block">
        <rect width="100%" height="8" className="fill-river-soft" />
        <rect width={`${percent}%`} height="8" className="fill-river" />
      </svg>
    </div>
  );
}
