import { describe, expect, test } from "vitest";
import {
  judgeFile,
  judgeMailbox,
  judgeOrganisations,
  judgeRecords,
  proofDomain,
  proofInstructions,
} from "../../lib/pledge/domain-proof.ts";

test("a website stands for its host without www", () => {
  expect(proofDomain("https://www.Acme.example/oss")).toBe("acme.example");
  expect(proofDomain("https://blog.acme.example")).toBe("blog.acme.example");
});

test("the instructions are what the judges look for", () => {
  const { dns, file } = proofInstructions("acme.example", "abc");
  expect(dns).toEqual({ name: "_tributary.acme.example", type: "TXT", value: "tributary-proof=abc" });
  expect(file).toEqual({ url: "https://acme.example/.well-known/tributary.txt", content: "tributary-proof=abc" });
});

describe("a DNS record", () => {
  test("proves with the token, in whatever parts it arrives and whatever stands beside it", () => {
    expect(judgeRecords("a.example", [["v=spf1 -all"], ["tributary-", "proof=abc"]], "abc")).toEqual({ proven: true });
  });

  test.each([
    [[], /There is no TXT record at _tributary\.a\.example yet/],
    [[["v=spf1 -all"]], /none begins with tributary-proof=/],
    [[["tributary-proof=abd"]], /holds another token/],
    [[["xtributary-proof=abc"]], /none begins/],
  ])("of %j proves nothing and says why", (records, sentence) => {
    expect(judgeRecords("a.example", records, "abc")).toEqual({
      proven: false,
      sentence: expect.stringMatching(sentence),
    });
  });
});

describe("a file", () => {
  test("proves with one line of its own, also with Windows line ends", () => {
    expect(judgeFile("a.example", { status: 200, body: "hello\r\ntributary-proof=abc\r\n" }, "abc")).toEqual({
      proven: true,
    });
  });

  test.each([
    [404, "tributary-proof=abc", /answers with status 404/],
    [200, "<html>not found: tributary-proof=abc</html>", /has no line that begins/],
    [200, "tributary-proof=abcd", /holds another token/],
  ])("with status %i and %j proves nothing and says why", (status, body, sentence) => {
    expect(judgeFile("a.example", { status, body }, "abc")).toEqual({
      proven: false,
      sentence: expect.stringMatching(sentence),
    });
  });
});

test.each([
  ["me@acme.example", true, true],
  ["me@ACME.example", true, true],
  ["me@acme.example", false, false],
  ["me@mail.acme.example", true, false],
  ["me@notacme.example", true, false],
  ['"x@acme.example"@evil.example', true, false],
])("the mailbox %s (confirmed: %s) proves: %s", (email, confirmed, proven) => {
  expect(judgeMailbox("acme.example", email, confirmed).proven).toBe(proven);
});

test("an organisation proves a domain only when its host has verified that it is its own", () => {
  const at = (website: string, isVerified: boolean) => ({ login: "acme", website, isVerified });
  expect(judgeOrganisations("acme.example", [at("https://www.acme.example/oss", true)])).toEqual({ proven: true });
  expect(judgeOrganisations("acme.example", [at("acme.example", true)])).toEqual({ proven: true });
  for (const organisations of [
    [],
    [at("acme.example", false)],
    [at("acme.example.evil.example", true)],
    [at("", true)],
    [at("not a website at all", true)],
  ])
    expect(judgeOrganisations("acme.example", organisations)).toMatchObject({
      proven: false,
      sentence: expect.stringMatching(/\.$/),
    });
});
