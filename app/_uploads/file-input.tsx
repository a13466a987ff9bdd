/** Where files are chosen or dropped: browsers take what is dropped on a file input, so this needs no script. */
export function FileInput({
  name,
  label,
  accept,
  multiple,
  hint,
}: {
  name: string;
  label: string;
  accept: string;
  multiple?: boolean;
  hint?: string;
}) {
  const id = `file-${name}`;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="label mb-1.5">
          {hint}
        </p>
      )}
      <input
        id={id}
        name={name}
        type="file"
        accept={accept}
        multiple={multiple}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="w-full border border-dashed border-edge bg-sheet px-4 py-8 file:mr-4 file:min-h-11 file:cursor-pointer file:border file:border-solid file:border-river file:bg-paper file:px-4 file:font-semibold file:text-river"
      />
    </div>
  );
}

/** Why the last upload was refused. */
export function UploadTrouble({ sentence }: { sentence: string | null }) {
  if (!sentence) return null;
  return (
    <p role="alert" className="mb-5 border-l-4 border-bad py-1 pl-4 font-semibold">
      {sentence}
    </p>
  );
}
