import { plural } from "@/app/_ui/text";
import type { ImportProgress } from "@/lib/ledger/imports/lines-store";
import { discard } from "../actions";

/** A long file while the worker reads it; the page looks again by itself, also without JavaScript. */
export function BeingRead({ slug, id, progress }: { slug: string; id: string; progress: ImportProgress }) {
  const { fileName, readCount } = progress;
  return (
    <>
      {/* another address each time: to one that differs by its mark alone a browser only moves */}
      <meta
        httpEquiv="refresh"
        content={`2;url=/account/${slug}/payments/import/${id}?at=${Date.now().toString(36)}`}
      />
      <p className="mt-8">
        <a href={`/account/${slug}/payments/import`}>Import payments</a>
      </p>
      <h1 className="mt-2 break-words">{fileName}</h1>
      <p className="words mt-3 text-lead" role="status">
        This is a long file.{" "}
        {readCount === 0 ? "Reading it has begun." : `${plural(readCount, "payment")} read so far.`}
      </p>
      <p className="mt-1 text-quiet">
        You can leave this page; it goes on in the background. Nothing is written before you have seen it.
      </p>
      <form action={discard.bind(null, slug, id)} className="mt-6">
        <button type="submit" className="button" data-kind="quiet">
          Discard the file
        </button>
      </form>
    </>
  );
}
