/**
 * Whether a Python version lies in a range, as PEP 440 and Poetry write ranges. A lock may hold several versions of one
 * package, each for some platforms; then a dependency's range says which of them it can mean.
 */

type PythonVersion = { epoch: number; release: number[]; stage: number[]; isPre: boolean };

// 1!2.0.0rc1.post2.dev3+local: epoch, release, pre-release, post-release, development release
const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:[-_.]?(?:post|rev|r)[-_.]?(\d*)|-(\d+))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+[a-z0-9._-]+)?$/i;

// ">=1.0 <2.0" without a comma is Poetry's
const CLAUSES = /(?:[=<>!~^]+\s*)?[^\s=<>!~^]+/g;

/** Characters of a range that is looked at; the ranges of real locks stay below a hundred. */
const LONGEST_RANGE = 500;

/**
 * Tells whether a version satisfies a range; what is no range, or no version, is taken to do so.
 *
 * @example isInRange("2.1.0", ">=1.26,<2") // → false
 * @example isInRange("1.26.4", "^1.22 || ^3.0") // → true
 */
export function isInRange(version: string, range: string): boolean {
  const found = range.length > LONGEST_RANGE ? undefined : readVersion(version);
  if (!found) return true;
  return range.split("||").some((side) =>
    side
      .split(",")
      .flatMap((part): string[] => part.match(CLAUSES) ?? [])
      .every((clause) => satisfies(found, version, clause)),
  );
}

function satisfies(found: PythonVersion, text: string, clause: string): boolean {
  const [, sign = "", wanted = ""] = /^([=<>!~^]*)\s*(.*)$/s.exec(clause) ?? [];
  if (sign === "===") return text === wanted;
  const start = /^(.+)\.[*x]$/.exec(wanted)?.[1];
  const bound = readVersion(start ?? wanted);
  if (!bound) return true;
  const order = compare(found, bound);
  // "==1.4.*" is everything of 1.4
  if (start !== undefined) return (order >= 0 && isBelow(found, bound, bound.release.length)) !== (sign === "!=");
  switch (sign) {
    case "!=":
      return order !== 0;
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      // 2.0rc1 is not below 2.0
      return order < 0 && (bound.isPre || compareNumbers(found.release, bound.release) < 0);
    case "~=":
      return order >= 0 && isBelow(found, bound, Math.max(bound.release.length - 1, 1));
    case "~":
      return order >= 0 && isBelow(found, bound, Math.min(bound.release.length, 2));
    case "^": {
      const first = bound.release.findIndex((number) => number > 0);
      return order >= 0 && isBelow(found, bound, first < 0 ? bound.release.length : first + 1);
    }
    default:
      return order === 0;
  }
}

// whether a version still has the first numbers of the bound, or lies before them
function isBelow(found: PythonVersion, { epoch, release }: PythonVersion, kept: number): boolean {
  const next = release.slice(0, kept);
  next[kept - 1]! += 1;
  return found.epoch <= epoch && compareNumbers(found.release, next) < 0;
}

function readVersion(text: string): PythonVersion | undefined {
  const [whole, epoch, release, pre, preNumber, post, dash, dev] = VERSION.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  // a development release comes before a pre-release, that before the release, that before a post-release
  const phase =
    pre === undefined ? (dev !== undefined && post === undefined && dash === undefined ? -4 : 0) : phaseOf(pre);
  return {
    epoch: Number(epoch ?? 0),
    release: release!.split(".").map(Number),
    stage: [phase, Number(preNumber || 0), Number(post ?? dash ?? -1), dev === undefined ? Infinity : Number(dev)],
    isPre: phase < 0,
  };
}

function phaseOf(pre: string): number {
  return /^a/i.test(pre) ? -3 : /^b/i.test(pre) ? -2 : -1;
}

function compare(a: PythonVersion, b: PythonVersion): number {
  return a.epoch - b.epoch || compareNumbers(a.release, b.release) || compareNumbers(a.stage, b.stage);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const left = a[at] ?? 0;
    const right = b[at] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
