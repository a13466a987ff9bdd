import { describe, expect, it } from "vitest";
import { projectOf, repositoryId } from "../../lib/funding/projects.ts";

describe("repositoryId", () => {
  it.each([
    ["git+https://github.com/Babel/babel.git", "github.com/babel/babel"],
    ["git://github.com/a/b.git#v1", "github.com/a/b"],
    ["git+ssh://git@github.com/a/b.git", "github.com/a/b"],
    ["ssh://git@github.com:22/a/b.git", "github.com/a/b"],
    ["git@github.com:a/b.git", "github.com/a/b"],
    ["github:a/b", "github.com/a/b"],
    ["gitlab:a/b", "gitlab.com/a/b"],
    ["a/b", "github.com/a/b"],
    ["https://github.com/babel/babel/tree/main/packages/babel-core", "github.com/babel/babel"],
    ["https://www.github.com/a/b/", "github.com/a/b"],
    ["http://github.com/a/b#readme", "github.com/a/b"],
    ["github.com/a/b", "github.com/a/b"],
    ["https://user:token@github.com/a/b.git", "github.com/a/b"],
    ["scm:git:git://github.com/a/b.git", "github.com/a/b"],
    ["scm:git:git@github.com:a/b.git", "github.com/a/b"],
    ["https://gitlab.com/Group/Sub/repo/-/tree/main", "gitlab.com/group/sub/repo"],
    ["https://bitbucket.org/a/b/src/master/x", "bitbucket.org/a/b"],
    ["https://git.sr.ht/~Sir/Repo", "git.sr.ht/~Sir/Repo"],
    ["https://gitlab.gnome.org/GNOME/glib.git", "gitlab.gnome.org/GNOME/glib"],
    ["https://git.example.org/foo.git", "git.example.org/foo"],
  ])("reads %s", (address, id) => expect(repositoryId(address)).toBe(id));

  it.each(["", "github.com/only", "https://github.com/", "not a repository", "javascript:alert(1)", "C:\\x", "none"])(
    "finds no repository in %j",
    (address) => expect(repositoryId(address)).toBeNull(),
  );
});

describe("projectOf", () => {
  it("lets a package without a repository stand for itself, without its version", () => {
    expect(projectOf("pkg:npm/%40a/b@1.2.3")).toBe("pkg:npm/%40a/b");
  });
  it("reads the repository in names that are addresses", () => {
    expect(projectOf("pkg:golang/github.com/spf13/cobra/doc@v1.8.0")).toBe("github.com/spf13/cobra");
    expect(projectOf("pkg:golang/gopkg.in/yaml.v3@v3.0.1")).toBe("pkg:golang/gopkg.in/yaml.v3");
    expect(projectOf("pkg:github/actions/checkout@v4")).toBe("github.com/actions/checkout");
  });
  it("prefers what is stated", () => {
    expect(projectOf("pkg:npm/x@1", "github:Owner/x")).toBe("github.com/owner/x");
  });
});
