import { afterEach, describe, expect, it } from "vitest";
import { askDepsDev } from "../../../lib/funding/sources/deps-dev.ts";
import { askEcosystems } from "../../../lib/funding/sources/ecosystems.ts";
import { askFundingYml } from "../../../lib/funding/sources/funding-yml.ts";
import { askHex } from "../../../lib/funding/sources/hex.ts";
import { askNpm } from "../../../lib/funding/sources/npm.ts";
import { askCollectives } from "../../../lib/funding/sources/open-collective.ts";
import { askPackagist } from "../../../lib/funding/sources/packagist.ts";
import { askPub } from "../../../lib/funding/sources/pub.ts";
import { askPypi, normaliseLabel } from "../../../lib/funding/sources/pypi.ts";
import { askRubygems } from "../../../lib/funding/sources/rubygems.ts";
import { fakeEcosystems } from "../../fakes/ecosystems.ts";
import { fakeGithub } from "../../fakes/github.ts";
import { fakeOpenCollective } from "../../fakes/open-collective.ts";
import {
  fakeDepsDev,
  fakeHex,
  fakeNpm,
  fakePackagist,
  fakePub,
  fakePypi,
  fakeRubygems,
} from "../../fakes/registries.ts";
import type { Fake } from "../../fakes/serve.ts";
import { emptyWorld } from "../../fakes/world.ts";

const open: Fake[] = [];
const start = async <T extends Fake>(fake: Promise<T>) => {
  open.push(await fake);
  return fake;
};
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

const repository = "https://github.com/sample-a/x";
const funding = ["https://github.com/sponsors/sample-a"];
const worldWith = (...purls: string[]) => {
  const world = emptyWorld();
  for (const purl of purls) world.packages.set(purl, { purl, repository, funding });
  return world;
};

describe("ecosyste.ms", () => {
  it("joins a flat, unordered answer on the purl without version, in any spelling", async () => {
    const { url, seen } = await start(fakeEcosystems(worldWith("pkg:npm/%40sample/a", "pkg:npm/b")));
    const answers = await askEcosystems(url, ["pkg:npm/%40sample/a", "pkg:npm/unknown", "pkg:npm/b"]);
    expect(answers).toEqual([
      { outcome: "found", value: { repository, funding: [{ address: funding[0] }] } },
      { outcome: "absent" },
      { outcome: "found", value: { repository, funding: [{ address: funding[0] }] } },
    ]);
    expect(seen).toHaveLength(1);
  });

  it.each([
    [{ status: 500 }, "ecosyste.ms answered with status 500"],
    [{ status: 404 }, "ecosyste.ms has no bulk look-up at this address"],
    [{ body: "<html>" }, "ecosyste.ms sent something that is not JSON"],
    [{ body: '{"error":"x"}' }, "ecosyste.ms sent JSON in a shape that its documentation does not know"],
    [{ status: 429, headers: { "retry-after": "30" } }, "ecosyste.ms asks us to slow down"],
  ])("never takes %j for an unknown package", async (trouble, reason) => {
    const fake = await start(fakeEcosystems(worldWith("pkg:npm/b")));
    fake.trouble(trouble);
    expect(await askEcosystems(fake.url, ["pkg:npm/b"])).toMatchObject([{ outcome: "failed", reason }]);
  });
});

describe("registries", () => {
  const parties = [
    ["npm", fakeNpm, askNpm, "pkg:npm/%40sample/a", "@sample/a"],
    ["pypi", fakePypi, askPypi, "pkg:pypi/a", "a"],
    ["rubygems", fakeRubygems, askRubygems, "pkg:gem/a", "a"],
    ["packagist", fakePackagist, askPackagist, "pkg:composer/sample/a", "sample/a"],
    ["hex", fakeHex, askHex, "pkg:hex/a", "a"],
    ["pub", fakePub, askPub, "pkg:pub/a", "a"],
  ] as const;

  it.each(parties)(
    "%s: reads repository and funding, and tells absent from failed",
    async (_, fake, ask, purl, name) => {
      const party = await start(fake(worldWith(purl)));
      const found = await ask(party.url, name);
      expect(found).toMatchObject({ outcome: "found", value: { funding: [{ address: funding[0] }] } });
      expect((found as { value: { repository: string } }).value.repository).toContain("github.com/sample-a/x");
      expect(await ask(party.url, "unknown")).toEqual({ outcome: "absent" });
      // refused rather than down: a client may try an outage again by itself
      party.trouble({ status: 403, times: 9 });
      expect(await ask(party.url, name)).toMatchObject({ outcome: "failed" });
    },
  );

  it("npm: says so when the registry is down, rather than that there is no funding", async () => {
    const party = await start(fakeNpm(worldWith("pkg:npm/a")));
    party.trouble({ body: "<html>captive portal</html>", times: 9 });
    expect(await askNpm(party.url, "a")).toMatchObject({ outcome: "failed" });
  });

  it("pypi: compares labels as PEP 753 says", () => {
    expect([normaliseLabel("Source Code"), normaliseLabel("source-code"), normaliseLabel("Funding!")]).toEqual([
      "sourcecode",
      "sourcecode",
      "funding",
    ]);
  });

  it("deps.dev: finds the repository of one version", async () => {
    const party = await start(fakeDepsDev(worldWith("pkg:npm/%40sample/a")));
    expect(await askDepsDev(party.url, "pkg:npm/%40sample/a@1.0.0")).toEqual({
      outcome: "found",
      value: { repository: "github.com/sample-a/x", funding: [] },
    });
    expect(await askDepsDev(party.url, "pkg:npm/unknown@1.0.0")).toEqual({ outcome: "absent" });
    expect(await askDepsDev(party.url, "pkg:pub/x@1.0.0")).toEqual({ outcome: "absent" });
  });
});

describe("Open Collective", () => {
  it("tells active, inactive and missing accounts apart in one query", async () => {
    const world = emptyWorld();
    world.collectives.set("sample", { slug: "sample", name: "Sample", active: true, host: "sample-host" });
    world.collectives.set("closed", { slug: "closed", name: "Closed", active: false, archived: true });
    const party = await start(fakeOpenCollective(world));
    expect(await askCollectives(party.url, ["sample", "closed", "missing"])).toMatchObject([
      { outcome: "found", value: { slug: "sample", active: true, archived: false, host: { slug: "sample-host" } } },
      { outcome: "found", value: { slug: "closed", active: false, archived: true } },
      { outcome: "absent" },
    ]);
    expect(party.seen).toHaveLength(1);
  });

  it("has failed for all when the query fails", async () => {
    const party = await start(fakeOpenCollective(emptyWorld()));
    party.trouble({ body: '{"errors":[{"message":"busy"}]}' });
    expect(await askCollectives(party.url, ["a"])).toEqual([{ outcome: "failed", reason: "Open Collective: busy" }]);
  });
});

describe("FUNDING.yml without GitHub's API", () => {
  it("prefers the repository's own file over the account's default, and finds neither where there is none", async () => {
    const world = emptyWorld();
    world.repositories.set("sample-a/x", {
      name: "sample-a/x",
      funding: [],
      files: { ".github/FUNDING.yml": "ko_fi: own" },
    });
    world.repositories.set("sample-a/y", { name: "sample-a/y", funding: [] });
    world.repositories.set("sample-a/.github", {
      name: "sample-a/.github",
      funding: [],
      files: { "FUNDING.yml": "ko_fi: default" },
    });
    const { url } = await start(fakeGithub(world));
    const key = async (owner: string, name: string) => {
      const answer = await askFundingYml(url, { owner, name });
      return answer.outcome === "found" ? answer.value.channels.map((channel) => channel.key) : answer.outcome;
    };
    expect(await key("sample-a", "x")).toEqual(["own"]);
    expect(await key("sample-a", "y")).toEqual(["default"]);
    expect(await key("sample-b", "z")).toBe("absent");
  });
});
