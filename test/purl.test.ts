import fc from "fast-check";
import { PackageURL } from "packageurl-js";
import { describe, expect, test } from "vitest";
import { displayName, makePurl, packageOf, parsePurl, tryMakePurl } from "../lib/purl.ts";

// The library as oracle, but for what the specification has said since: "+" and "!'()*" are encoded everywhere, a colon
// nowhere ("Character encoding"), and runs of "-", "_" and "." in Python's names are one hyphen (types/pypi-definition.json).
function byLibrary(type: string, fullName: string, version?: string | null): string {
  const name = type === "pypi" ? fullName.replace(/[^/]*$/, (last) => last.replace(/[-_.]+/g, "-")) : fullName;
  const written = asWritten(type, name, version);
  return written
    .replaceAll("%3A", ":")
    .replace(/[+!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function asWritten(type: string, fullName: string, version?: string | null): string {
  const slash = fullName.lastIndexOf("/");
  const namespace = slash > 0 ? fullName.slice(0, slash) : null;
  return new PackageURL(type, namespace, fullName.slice(slash + 1), version ?? null, null, null).toString();
}

const answerOf = (build: () => string) => {
  try {
    return build();
  } catch {
    return "refused";
  }
};

describe("tryMakePurl", () => {
  test("answers what makePurl answers, and nothing where that throws", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom("a", "@s/a", "JSONStream", "", " ", "g/a", "\ud800", "1.0.0", "a b"),
    );
    const type = fc.constantFrom("npm", "cargo", "maven", "pub", "swift", "cran", "oci", "no type");
    fc.assert(
      fc.property(type, word, word, (of, name, version) => {
        expect(tryMakePurl(of, name, version) ?? "refused").toBe(answerOf(() => makePurl(of, name, version)));
      }),
      { numRuns: 2_000 },
    );
    expect(tryMakePurl("npm", "half-\ud800", "1.0.0")).toBeUndefined();
  });
});

describe("makePurl", () => {
  const named: [string, string, string | undefined, string][] = [
    ["npm", "@Scope/Name", "1.2.3", "pkg:npm/%40scope/name@1.2.3"],
    ["npm", "JSONStream", "1.0.0", "pkg:npm/jsonstream@1.0.0"],
    ["npm", "__proto__", "1.0.0", "pkg:npm/__proto__@1.0.0"],
    ["pypi", "Typing_Extensions", "4.0", "pkg:pypi/typing-extensions@4.0"],
    ["pypi", "zope._.Interface", "1!2.0+cu", "pkg:pypi/zope-interface@1%212.0%2Bcu"],
    ["pub", "my-package", "1.0.0", "pkg:pub/my_package@1.0.0"],
    ["golang", "github.com/BurntSushi/toml", "v1.0.0", "pkg:golang/github.com/BurntSushi/toml@v1.0.0"],
    ["golang", "example.com/x", "v2.0.0+incompatible", "pkg:golang/example.com/x@v2.0.0%2Bincompatible"],
    ["github", "Actions/Checkout", "v4", "pkg:github/actions/checkout@v4"],
    ["composer", "Laravel/Framework", "v10", "pkg:composer/laravel/framework@v10"],
    ["maven", "org.apache/commons", "1:2", "pkg:maven/org.apache/commons@1:2"],
    ["nuget", "Newtonsoft.Json", "13.0.1", "pkg:nuget/Newtonsoft.Json@13.0.1"],
    ["deb", "debian/Foo", "1%2", "pkg:deb/debian/foo@1%252"],
    ["cargo", "serde", undefined, "pkg:cargo/serde"],
  ];
  test.each(named)("writes the %s package %s %s as %s... and so does packageurl-js", (type, name, version, purl) => {
    expect(makePurl(type, name, version)).toBe(purl);
    expect(byLibrary(type, name, version)).toBe(purl);
  });

  test("refuses a name that is empty, and types that ask for more", () => {
    expect(() => makePurl("npm", "")).toThrow("needs a name");
    expect(() => makePurl("maven", "alone", "1")).toThrow("namespace");
    expect(() => makePurl("swift", "github.com/a/b")).toThrow("version");
    expect(() => makePurl("", "a")).toThrow("type");
  });

  test("answers as packageurl-js does for any name, version and type", () => {
    const types = fc.constantFrom(
      ..."npm pypi cargo golang gem composer maven nuget hex pub swift github hackage cran conda generic cocoapods".split(
        " ",
      ),
    );
    const word = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9@._+!~*'():%-]{1,12}$/),
      fc.string({ minLength: 1, unit: "binary" }),
    );
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("/"));
    fc.assert(
      fc.property(types, name, fc.option(word), (type, fullName, version) => {
        // the library checks Go versions for being semantic; go.sum and replace lines hold others, which we keep
        fc.pre(!(type === "golang" && version?.startsWith("v")));
        expect(answerOf(() => makePurl(type, fullName, version))).toBe(
          answerOf(() => byLibrary(type, fullName, version)),
        );
      }),
      { numRuns: 3000 },
    );
  });
});

describe("parsePurl", () => {
  test("reads back what makePurl wrote", () => {
    expect(parsePurl("pkg:npm/%40scope/name@1.2.3?arch=x#sub")).toEqual({
      type: "npm",
      namespace: "@scope",
      name: "name",
      version: "1.2.3",
    });
    expect(parsePurl("pkg:golang/github.com/a/b@v2.0.0+incompatible")?.version).toBe("v2.0.0+incompatible");
    expect(parsePurl("pkg:cargo/serde")).toEqual({ type: "cargo", namespace: null, name: "serde", version: null });
  });

  test("reads an unencoded scope, which other tools write", () => {
    expect(parsePurl("pkg:npm/@scope/name@1.0.0")).toMatchObject({
      namespace: "@scope",
      name: "name",
      version: "1.0.0",
    });
  });

  test.each(["", "npm/a", "pkg:", "pkg:npm", "pkg:npm/", "pkg:npm/%zz", "http://a/b", "pkg:maven/alone@1"])(
    "says that %j is none",
    (text) => expect(parsePurl(text)).toBeNull(),
  );

  test("agrees with packageurl-js on every purl it writes", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9@._+~%-]{1,12}$/);
    fc.assert(
      fc.property(
        fc.constantFrom("npm", "cargo", "composer", "gem", "pypi"),
        word,
        word,
        word,
        (type, a, b, version) => {
          const purl = byLibrary(type, `${a}/${b}`, version);
          const { namespace, name, version: kept } = PackageURL.fromString(purl);
          expect(parsePurl(purl)).toEqual({ type, namespace, name, version: kept });
        },
      ),
    );
  });
});

test("packageOf drops the version and keeps an encoded scope", () => {
  expect(packageOf("pkg:npm/%40scope/name@1.2.3?a=b")).toBe("pkg:npm/%40scope/name");
  expect(packageOf("pkg:npm/name")).toBe("pkg:npm/name");
});

test("displayName writes names as their ecosystems do", () => {
  expect(displayName("pkg:npm/%40scope/name@1")).toBe("@scope/name");
  expect(displayName("pkg:maven/org.a/b@1")).toBe("org.a:b");
  expect(displayName("not a purl")).toBe("not a purl");
});
