"use client";

import { useEffect, useState } from "react";
import { askWorker } from "@/app/_scan/ask-worker";
import type { Offer } from "@/app/_scan/messages";
import type { Askable } from "@/lib/funding/plan-requests";
import { NameList, ToldTable } from "./told-table";

const number = new Intl.NumberFormat("en");
const MOST_SHOWN = 200;

/**
 * Shows exactly what would be sent and to whom, and what stays here with the reason; names that stay are released one by
 * one. Tells the offer as it stands with each change. Nothing is sent from here.
 */
export function Consent({ askable, onOffer }: { askable: Askable; onOffer: (offer: Offer) => void }) {
  const [scopes, setScopes] = useState("");
  const [release, setRelease] = useState<string[]>([]);
  const [offer, setOffer] = useState<Offer | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const privateScopes = scopes.split(/[\s,;]+/).filter(Boolean);
    void askWorker({ kind: "offer", privateScopes, release, askable }).then((answer) => {
      if (!isCurrent) return;
      setOffer(answer.offer);
      onOffer(answer.offer);
    });
    return () => {
      isCurrent = false;
    };
  }, [scopes, release, askable, onOffer]);
  if (!offer) return <p className="min-h-96">Looking what would be sent…</p>;
  const { packages, names, withheld, told } = offer;
  const kept = withheld.filter(({ purl }) => !release.includes(purl));
  return (
    <div className="grid gap-5">
      <NameList id="names-to-send" names={names} label={`These ${number.format(packages.length)} names and versions`} />
      <p className="text-quiet text-small">
        Each goes with the source and funding addresses your files state for it, and nothing else: no file, no folder,
        no name of yours.
      </p>
      <div>
        <h3>Who is told</h3>
        <ToldTable told={told} />
      </div>
      <label className="block max-w-xl">
        <span className="mb-1 block font-semibold">Scopes you keep private</span>
        <span className="label mb-1.5 block">
          Every package under them stays here, for example @acme. Separate several with commas.
        </span>
        <input
          value={scopes}
          onChange={(event) => setScopes(event.target.value)}
          autoComplete="off"
          className="input"
        />
      </label>
      {withheld.length + release.length > 0 && (
        <fieldset>
          <legend className="font-semibold">
            {number.format(kept.length)} {kept.length === 1 ? "name stays" : "names stay"} in this browser
          </legend>
          <p className="label">They may be secret. Tick one to send it all the same.</p>
          <ul className="mt-2 grid gap-1.5">
            {[...release.filter((purl) => !kept.some((one) => one.purl === purl)), ...kept.map(({ purl }) => purl)]
              .sort()
              .slice(0, MOST_SHOWN)
              .map((purl) => (
                <Withheld
                  key={purl}
                  purl={purl}
                  reason={kept.find((one) => one.purl === purl)?.reason ?? "will be sent"}
                  isReleased={release.includes(purl)}
                  onChange={(isReleased) =>
                    setRelease(isReleased ? [...release, purl] : release.filter((one) => one !== purl))
                  }
                />
              ))}
          </ul>
          {kept.length > MOST_SHOWN && (
            <p className="label mt-2">and {number.format(kept.length - MOST_SHOWN)} more, which stay</p>
          )}
        </fieldset>
      )}
    </div>
  );
}

function Withheld({
  purl,
  reason,
  isReleased,
  onChange,
}: {
  purl: string;
  reason: string;
  isReleased: boolean;
  onChange: (isReleased: boolean) => void;
}) {
  return (
    <li>
      <label className="flex items-baseline gap-2.5">
        <input type="checkbox" checked={isReleased} onChange={(event) => onChange(event.target.checked)} />
        <span>
          <span className="break-all font-semibold">{purl.replace(/^pkg:/, "").replaceAll("%40", "@")}</span>{" "}
          <span className="text-quiet text-small">{reason}</span>
        </span>
      </label>
    </li>
  );
}
