import { expect, test } from "vitest";
import { detectFormat } from "../../lib/lockfile/detect-format.ts";

test.each([
  [
    "composer-lock",
    '{\n  "packages": [\n    {\n      "name": "acme/text",\n      "version": "v1.0.0"\n    }\n  ]\n}\n',
  ],
  ["composer-lock", '{\n  "content-hash": "00",\n  "packages": [],\n  "packages-dev": []\n}\n'],
  ["pom-xml", "<project>\n  <modelVersion>4.0.0</modelVersion>\n  <artifactId>app</artifactId>\n</project>\n"],
  ["pylock", "lock-version = '1.0'\ncreated-by = 'a tool'\n\n[[packages]]\nname = 'a'\n"],
  ["stack-lock", "packages:\n- completed:\n    hackage: acme-1.0@sha256:00,1\n"],
  ["flake-lock", '{ "nodes": { "a": { "locked": { "owner": "o", "repo": "r", "rev": "1", "type": "github" } } } }'],
  ["poetry-lock", '[[package]]\nname = "a"\nversion = "1.0"\noptional = false\ngroups = ["main"]\n'],
  ["rebar-lock", '%% locked\n[{<<"a">>,{pkg,<<"a">>,<<"1.0.0">>},0}].\n'],
  ["spdx-json", '{ "spdxVersion": "SPDX-2.3", "packages": [{ "name": "acme/text", "SPDXID": "SPDXRef-a" }] }'],
  ["package-lock", '{ "lockfileVersion": 3, "packages": { "": { "name": "app" } } }'],
  ["yarn-berry", '{ "__metadata": { "version": 9 }, "workspaces": {}, "entries": {} }'],
])("a file of unknown name is told by its shape: %s", (name, text) => {
  for (const spelling of [text, text.replaceAll("\n", "\r\n")]) {
    expect(detectFormat("blob", spelling)).toMatchObject({ by: "shape", format: { name } });
  }
});
