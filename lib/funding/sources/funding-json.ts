import { fetchOutside, HttpFailure } from "../../http.ts";
import {
  type FundingManifest,
  type ManifestTarget,
  needsProof,
  type Proof,
  proves,
  rawAddress,
  readFundingJson,
} from "../funding-json.ts";
import { type Answer, failed, refused } from "./answer.ts";

/** A manifest with what it may speak for. */
export type ManifestFacts = { manifest: FundingManifest; proofs: { target: ManifestTarget; proof: Proof }[] };

// limits of the format's own portal
const LARGEST = 320_000;
const LIMITS = { timeoutMs: 3_000, attempts: 2, maxBytes: LARGEST } as const;
// the portal takes 30 projects; a manifest with more addresses than that would make us ask the whole world
const MOST_PROOFS = 31;

/** Fetches the manifest at an address that somebody gave us, and proves what it says it speaks for. */
export async function askFundingJson(url: string, fetch = fetchOutside): Promise<Answer<ManifestFacts>> {
  try {
    const answer = await fetch(rawAddress(url), LIMITS);
    if (answer.status === 404 || answer.status === 410) return { outcome: "absent" };
    if (answer.status !== 200) return refused(new URL(url).host, answer);
    const manifest = readFundingJson(answer.body.toString("utf8"));
    return { outcome: "found", value: { manifest, proofs: await proveManifest(url, manifest, fetch) } };
  } catch (error) {
    if (error instanceof HttpFailure) return failed(error.message, error.trouble === "refused" ? { final: true } : {});
    throw error;
  }
}

/** Settles for each address of a manifest whether it may speak for it, fetching the proofs it names. */
export async function proveManifest(
  manifestUrl: string,
  manifest: FundingManifest,
  fetch = fetchOutside,
): Promise<ManifestFacts["proofs"]> {
  if (manifest.kind !== "funding-json") return [];
  const proofs: ManifestFacts["proofs"] = [];
  for (const target of manifest.targets.slice(0, MOST_PROOFS)) {
    const { proof, fetch: address } = needsProof(manifestUrl, target);
    proofs.push({ target, proof: address ? await readProof(address, manifestUrl, fetch) : proof });
  }
  return proofs;
}

async function readProof(address: string, manifestUrl: string, fetch: typeof fetchOutside): Promise<Proof> {
  try {
    const answer = await fetch(address, { ...LIMITS, maxBytes: 64 * 1024 });
    if (answer.status === 200) return proves(answer.body.toString("utf8"), manifestUrl) ? "valid" : "invalid";
    // a server in trouble has not denied anything
    return answer.status >= 500 || answer.status === 429 ? "required" : "invalid";
  } catch (error) {
    if (error instanceof HttpFailure) return error.trouble === "refused" ? "invalid" : "required";
    throw error;
  }
}
