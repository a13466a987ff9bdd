import { describe, expect, test } from "vitest";
import { gitPackage, readGitAddress, withoutCredentials } from "../../lib/lockfile/git-address.ts";

describe("git addresses", () => {
  test.each([
    ["https://github.com/Owner/repo.git", "github.com", "Owner/repo"],
    ["git+https://me:token@github.com/owner/repo#main", "github.com", "owner/repo"],
    ["git@GitHub.com:owner/repo.git", "github.com", "owner/repo"],
    ["ssh://git@git.example.com:2222/group/sub/repo.git", "git.example.com", "group/sub/repo"],
    ["git://git.example.com//repo/", "git.example.com", "repo"],
  ])("reads %s", (url, host, path) => {
    expect(readGitAddress(url)).toEqual({ host, path, repository: `https://${host}/${path}` });
  });

  test.each(["/a/folder", "repo", "", "https://", "https://host", "C:\\folder", "git@host"])(
    "finds no host in %j",
    (text) => expect(readGitAddress(text)).toBeUndefined(),
  );

  test("names GitHub and Bitbucket repositories by their purl types, others by vcs_url", () => {
    expect(gitPackage("https://github.com/a/b.git", "1f2e")?.purl).toBe("pkg:github/a/b@1f2e");
    expect(gitPackage("https://bitbucket.org/a/b", "1f2e")?.purl).toBe("pkg:bitbucket/a/b@1f2e");
    expect(gitPackage("https://git.example.com/a/b", undefined)?.purl).toBe(
      "pkg:generic/a/b?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Fa%2Fb",
    );
    expect(gitPackage("", "1f2e")).toBeUndefined();
  });

  test("drops user names and passwords from every address", () => {
    expect(withoutCredentials("https://me:secret@host/a@b")).toBe("https://host/a@b");
    expect(withoutCredentials("git@host:a/b")).toBe("git@host:a/b");
    expect(gitPackage("https://token@github.com/a/b", "1")?.origin).toBe("https://github.com/a/b");
  });
});
