import type { Metadata } from "next";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Look into your mail" };

export default async function SentPage({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  const { to } = await searchParams;
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>Look into your mail</h1>
      <p className="words mt-3 text-lead">
        A link is on its way
        {typeof to === "string" && to.length < 255 ? (
          <>
            {" "}
            to <strong className="break-all">{to}</strong>
          </>
        ) : null}
        . It works once, within fifteen minutes.
      </p>
      <p className="words mt-3 text-quiet">
        Nothing there after a minute? Look into the spam folder, or ask for another.
      </p>
      {env.localMailbox && (
        <p className="words mt-6 border-l-4 border-river py-1 pl-4">
          This instance runs on your own machine without a mail server, so mail is kept here: open the{" "}
          <a href="/mailbox">local mailbox</a>.
        </p>
      )}
    </div>
  );
}
