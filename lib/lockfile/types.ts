/**
 * The shapes every lockfile reader speaks. Pure types: this file is imported by the browser, the server and the
 * command line alike.
 */

/** How far a package is from the project: listed by its manifest, beneath another package, or not said by the file. */
export type Depth = "direct" | "transitive" | "unknown";

/** What the package is for. `optional` is needed at run time where it can be installed. */
export type Scope = "runtime" | "development" | "optional" | "unknown";

/** One package as one file names it. */
export type Package = {
  /** Package URL with version, e.g. `pkg:npm/%40scope/name@1.2.3`; normalised per type as the purl specification says. */
  purl: string;
  depth: Depth;
  scope: Scope;
  /** Path or name of the workspace that lists it directly, when the lockfile has several. */
  workspace?: string;
  /**
   * The project's own package (root, workspace member or folder beside them), not a dependency. Depth is counted from
   * these, so theirs is always `unknown`; which of them need each other is told by edges. Their scope is what the file
   * states of them, else `unknown`.
   */
  firstParty?: true;
  /** Registry or git address it is downloaded from, as the file states it; absent for the ecosystem's default registry. */
  origin?: string;
  /** Funding addresses the file itself states (npm `funding`, Composer `funding`), cleaned of blanks, in file order. */
  funding?: string[];
  /** Source repository the file itself states. */
  repository?: string;
  /** Licence expression the file itself states. */
  license?: string;
};

/**
 * What is wrong or odd, always with a sentence for a person, and the 1-based line where it can be told.
 *
 * `fatal`: the file could not be read and its answer must not be used. `warning`: something in it was skipped or is
 * uncertain. `note`: worth knowing, nothing is missing.
 */
export type Problem = {
  code: ProblemCode;
  severity: "fatal" | "warning" | "note";
  message: string;
  line?: number;
};

/** The closed list of problem codes; scripts may switch on them. */
export type ProblemCode =
  | "empty-file" // nothing but white space
  | "not-utf8" // bytes that are no text in UTF-8 or UTF-16
  | "unknown-format" // neither the name nor the shape is known
  | "guessed-format" // told by shape, not by name
  | "binary-format" // e.g. bun.lockb: says how to get the text form
  | "syntax" // not valid JSON, YAML, TOML, XML … at that line
  | "unsupported-version" // a version of the format this reader does not know
  | "wrong-shape" // valid syntax, but not what the format prescribes
  | "too-large" // a stated limit was reached (bytes, line length, packages, edges, nesting)
  | "forbidden-syntax" // YAML anchors, entity tricks: never in a lockfile, refused
  | "unreadable-entry" // one entry was skipped
  | "unresolved-edge" // an entry depends on something the file does not contain
  | "missing-manifest" // depth or scope would be known with the manifest beside it
  | "no-packages" // the file is well-formed and lists no package at all
  | "superseded" // another lockfile of the same folder is the one that is used
  | "unreadable-file" // the file could not be opened; only tools that open files themselves say so
  | "incomplete-format"; // the format itself cannot tell (e.g. go.mod has no edges)

/** What one file says. Indices in `edges` point into `packages`. Packages are unique by purl. */
export type Reading = {
  /** The file's name or path as given. */
  file: string;
  /** Name of the format, or null when unknown. */
  format: string | null;
  packages: Package[];
  /** Pairs `[from, to]`: `from` depends on `to`. Peers are edges where the file says which package fills them. No self edges, no repeats. */
  edges: [from: number, to: number][];
  /**
   * Positions in `edges` of those that are only peers: `from` asks whoever installs it to bring `to`. Absent where there
   * are none. They are part of what is installed, but nothing that `from` stands on by its own choice.
   */
  peers?: number[];
  problems: Problem[];
};

/** Manifests and other files that were given beside the lockfile, by path relative to the lockfile's folder. */
export type Beside = ReadonlyMap<string, string>;

/**
 * One kind of lockfile: what it is called, which files are its, and how to read one. It opens nothing and throws only
 * for mistakes of ours; every oddity of the text is a problem.
 */
export type Format = {
  /** Stable kebab-case name, also used in `--json` output: `package-lock`, `cargo-lock`. */
  name: string;
  /** What people call it: "npm package-lock.json". */
  label: string;
  /** purl type of what it lists; SBOMs and conda locks list several and say the main one or "generic". */
  ecosystem: string;
  /** File names, compared without case; a leading `*` matches any start: `["requirements*.txt"]` style globs with one star. */
  files: string[];
  /** Manifests worth dropping beside it, for depth and scope. */
  manifests?: string[];
  /** Tells by shape whether a text of unknown name is this format; sees the first 4,096 characters. */
  looksLike?: (head: string) => boolean;
  /** Reads the text. `beside` holds manifests that were given too. Imports its reader, and that its parser, when asked. */
  read: (text: string, beside: Beside) => Promise<FormatReading> | FormatReading;
};

/** What a format's `read` answers; the caller adds the file's name. */
export type FormatReading = Pick<Reading, "packages" | "edges" | "peers" | "problems">;
