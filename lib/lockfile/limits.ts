/**
 * The limits of the reader, each with its reason. Reaching one is a problem with a sentence (`too-large`), never a
 * crash: the reader runs in a visitor's browser tab and in a server that others use too.
 */

/** Bytes of one lockfile. The largest public lockfiles are about 3 MB; forty leaves room and still parses in a second. */
export const MAX_BYTES = 40 * 1024 * 1024;

/** Characters of one line in line-oriented formats. Long lines are integrity hashes or minified JSON; no entry nears this. */
export const MAX_LINE_LENGTH = 1_000_000;

/** Packages of one lockfile. Real ones stay below 10,000; the largest monorepos known have about 30,000. */
export const MAX_PACKAGES = 200_000;

/** Edges of one lockfile: ten for each package allowed, four times what real graphs have. */
export const MAX_EDGES = 2_000_000;

/**
 * Packages of one name among which a need looks for its own. Markers and major versions make a handful; comparing every
 * need with every namesake would let a hostile file take hours.
 */
export const MAX_NAMESAKES = 200;

/** Levels of mappings and lists in YAML, TOML and XML. Real files use fewer than twenty. */
export const MAX_NESTING = 100;

/**
 * Opening brackets that JSON may hold before its nesting is measured. `JSON.parse` copes with this many levels in a few
 * milliseconds, so only larger files pay for the exact count against `MAX_JSON_NESTING`.
 */
export const MAX_UNMEASURED_BRACKETS = 20_000;

/** Levels of JSON where measured. npm 6 nests dependencies, so trees run deeper than in other formats: 1,000 is generous. */
export const MAX_JSON_NESTING = 1_000;

/** Problems kept of one file; a broken file would otherwise list one for each of its lines. */
export const MAX_PROBLEMS = 1_000;

/** Thrown by the graph when a limit is reached, and turned into a problem by `readLockfile`. */
export class LimitReached extends Error {
  override readonly name = "LimitReached";
}
