import { describe, expect, it } from "vitest";
import { readAddress } from "../../lib/funding/channels.ts";

const ids = (address: string, platform?: string) =>
  readAddress(address, platform).channels.map((channel) => `${channel.rail} ${channel.url}`);
const reasons = (address: string, platform?: string) =>
  readAddress(address, platform).malformed.map((bad) => bad.reason);

describe("addresses that mean an account", () => {
  it.each([
    ["https://github.com/sponsors/SindreSorhus", "github_sponsors https://github.com/sponsors/sindresorhus"],
    ["http://www.github.com/sponsors/ljharb/", "github_sponsors https://github.com/sponsors/ljharb"],
    ["github.com/sponsors/ljharb?o=esb#x", "github_sponsors https://github.com/sponsors/ljharb"],
    ["https://github.com/sponsors/Qix-", "github_sponsors https://github.com/sponsors/qix-"],
    ["https://github.com/fabpot", "github_sponsors https://github.com/sponsors/fabpot"],
    ["https://opencollective.com/postcss/", "open_collective https://opencollective.com/postcss"],
    ["https://opencollective.com/Carbon#sponsor", "open_collective https://opencollective.com/Carbon"],
    ["https://opencollective.com/webpack/donate?x=1", "open_collective https://opencollective.com/webpack"],
    ["https://www.patreon.com/feross", "patreon https://patreon.com/feross"],
    ["https://www.patreon.com/c/feross/posts", "patreon https://patreon.com/feross"],
    ["https://www.patreon.com/user?u=123", "patreon https://patreon.com/user?u=123"],
    ["https://ko-fi.com/tunnckoCore/commissions", "ko_fi https://ko-fi.com/tunnckoCore"],
    ["https://liberapay.com/sebastianbergmann/donate", "liberapay https://liberapay.com/sebastianbergmann"],
    ["https://www.buymeacoffee.com/systeminfo", "buy_me_a_coffee https://buymeacoffee.com/systeminfo"],
    ["https://polar.sh/cva", "polar https://polar.sh/cva"],
    ["https://www.paypal.me/colinpodell/10.00", "paypal https://paypal.me/colinpodell"],
    ["https://www.paypal.com/paypalme/enunomaduro", "paypal https://paypal.me/enunomaduro"],
    ["https://thanks.dev/u/gh/SebastianBergmann", "thanks_dev https://thanks.dev/u/gh/sebastianbergmann"],
    ["https://issuehunt.io/r/someone", "issuehunt https://issuehunt.io/r/someone"],
    [
      "https://crowdfunding.lfx.linuxfoundation.org/projects/x",
      "lfx https://crowdfunding.lfx.linuxfoundation.org/projects/x",
    ],
    [
      "https://tidelift.com/funding/github/packagist/doctrine%2Fdbal",
      "tidelift https://tidelift.com/funding/github/packagist/doctrine/dbal",
    ],
    ["https://github.com/Chalk/Chalk?sponsor=1", "github_button https://github.com/chalk/chalk?sponsor=1"],
    ["https://paulmillr.com/funding/", "custom https://paulmillr.com/funding/"],
    ["www.doctrine-project.org/sponsorship.html", "custom https://www.doctrine-project.org/sponsorship.html"],
    ["https://github.com/owner/repo", "custom https://github.com/owner/repo"],
  ])("reads %s", (address, expected) => expect(ids(address)).toEqual([expected]));

  it("ignores case only where the host does", () => {
    expect(readAddress("https://ko-fi.com/X0X0").channels[0]?.key).toBe("X0X0");
    expect(readAddress("https://GitHub.com/sponsors/AI").channels[0]?.key).toBe("ai");
  });

  it("takes a tidelift address for a package, not for somebody", () => {
    expect(readAddress("https://tidelift.com/funding/github/npm/postcss").channels[0]?.account).toBeUndefined();
  });

  it("knows that thanks.dev's u/gh/NAME is the account NAME on GitHub", () => {
    expect(readAddress("https://thanks.dev/u/gh/Eslint").channels[0]?.account).toBe("github.com/eslint");
  });
});

describe("bare names under a platform", () => {
  it.each([
    ["sindresorhus", "github", "github_sponsors https://github.com/sponsors/sindresorhus"],
    ["@antfu", "GITHUB", "github_sponsors https://github.com/sponsors/antfu"],
    ["unified", "open_collective", "open_collective https://opencollective.com/unified"],
    ["npm/postcss", "tidelift", "tidelift https://tidelift.com/funding/github/npm/postcss"],
    ["u/gh/x", "thanks_dev", "thanks_dev https://thanks.dev/u/gh/x"],
    ["https://github.com/sebastianbergmann", "github", "github_sponsors https://github.com/sponsors/sebastianbergmann"],
    ["https://paypal.me/jimmywarting", "github", "paypal https://paypal.me/jimmywarting"],
    ["example.com/donate", "custom", "custom https://example.com/donate"],
  ])("reads %s under %s", (address, platform, expected) => expect(ids(address, platform)).toEqual([expected]));
});

describe("lists in one string", () => {
  it.each([
    ["a, b", "github", ["a", "b"]],
    ["a,b", "github", ["a", "b"]],
    ['["x"]', "github", ["x"]],
    ['["a", "b"]', "github", ["a", "b"]],
    ['https://github.com/sponsors/["x"]', undefined, ["x"]],
    ["https://github.com/sponsors/%5B%22x%22%2C%20%22y%22%5D", undefined, ["x", "y"]],
    ["https://github.com/sponsors/a, b", undefined, ["a", "b"]],
  ])("reads %s under %s", (address, platform, keys) => {
    const { channels, malformed } = readAddress(address, platform);
    expect(channels.map((channel) => [channel.rail, channel.key])).toEqual(keys.map((key) => ["github_sponsors", key]));
    expect(malformed).toEqual([]);
  });

  it("keeps a comma inside an address", () => {
    expect(ids("https://example.com/a,b")).toEqual(["custom https://example.com/a,b"]);
  });

  it("names each account once", () => expect(ids("a, A, https://github.com/a", "github")).toHaveLength(1));
});

describe("addresses that cannot be used", () => {
  it.each([
    ["javascript:alert(1)", "is a javascript: address, not a web address"],
    ["JaVaScRiPt:alert(1)", "is a javascript: address, not a web address"],
    ["java\tscript:alert(1)", "is not an address"],
    ["data:text/html;base64", "is a data: address, not a web address"],
    ["mailto:me@example.com", "is a mailto: address, not a web address"],
    ["https://github.com@evil.example/", "carries a user name or password"],
    ["http://localhost/x", "does not name a public site"],
    ["http://169.254.169.254/latest", "does not name a public site"],
    ["http://[::1]/", "does not name a public site"],
    ["https://opencollective.com/", "names no account of Open Collective"],
    ["https://github.com/sponsors", "names no account of GitHub Sponsors"],
    ["buy me a beer", "is not an address"],
    [`https://example.com/${"a".repeat(2001)}`, "is longer than any address"],
  ])("judges %s malformed", (address, reason) => {
    expect(reasons(address)).toEqual([reason]);
    expect(readAddress(address).channels).toEqual([]);
  });

  it("finds nothing at all in blanks", () => expect(readAddress("  ")).toEqual({ channels: [], malformed: [] }));

  it("never lets a scheme other than http and https through, whatever surrounds it", () => {
    for (const wrap of [
      (a: string) => a,
      (a: string) => ` ${a}`,
      (a: string) => `["${a}"]`,
      (a: string) => `x, ${a}`,
    ]) {
      for (const bad of ["javascript:alert(1)", "vbscript:x", "file:///etc/passwd", "\u0001javascript:alert(1)"]) {
        for (const platform of [undefined, "github", "custom", "open_collective", "tidelift"]) {
          for (const url of ids(wrap(bad), platform)) expect(url).toMatch(/^\w+ https:\/\//);
        }
      }
    }
  });
});
