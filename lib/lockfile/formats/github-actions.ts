/**
 * GitHub Actions workflows and action.yml files: the actions, reusable workflows and container images that steps `use`.
 * Written by hand, so anchors are allowed. Rules: GitHub's "Workflow syntax" and "Metadata syntax" references.
 * Actions of the repository itself (`./…`) are the project's own files, not packages.
 */
import type { Format } from "../types.ts";

export const githubActions: Format = {
  name: "github-actions",
  label: "GitHub Actions workflow, action.yml",
  ecosystem: "github",
  files: [".github/workflows/*.yml", ".github/workflows/*.yaml", "action.yml", "action.yaml"],
  looksLike: (head) =>
    (/^(?:on|"on"|'on'):/m.test(head) && /^(?:jobs|permissions|env|concurrency|defaults):/m.test(head)) ||
    (/^runs:/m.test(head) && /^ +using:/m.test(head)),
  read: async (text) => (await import("../readers/github-actions.ts")).readGithubActions(text),
};
