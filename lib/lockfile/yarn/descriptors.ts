/** What one name's descriptors are: the first range and its number, and those of its other ranges. */
type Ranges = { range: string; number: number; others: Map<string, number> | null };

/**
 * What each descriptor (`name@range`) of a yarn.lock led to, and which of them somebody asked for.
 *
 * Yarn drops what nothing asks for. So a descriptor that no package and no known manifest uses is one that stands behind
 * something the file does not show: a manifest that was not given, a catalog, or a replaced range ("resolutions").
 */
export class Descriptors {
  /** Number of each descriptor; what it led to and whether it was asked for stand at that number. */
  readonly #numbers = new Map<string, Ranges>();
  readonly #led: number[] = [];
  readonly #isAsked: boolean[] = [];

  /** Records that a descriptor led to a package. */
  add(name: string, range: string, index: number): void {
    const number = this.#led.push(index) - 1;
    this.#isAsked.push(false);
    const known = this.#numbers.get(name);
    if (known === undefined) this.#numbers.set(name, { range, number, others: null });
    else if (known.range === range) known.number = number;
    else {
      known.others ??= new Map();
      known.others.set(range, number);
    }
  }

  /** Answers what a wanted range led to, where the file has exactly that; and remembers that it was asked for. */
  exact(name: string, range: string): number | undefined {
    const known = this.#numbers.get(name);
    if (known === undefined) return undefined;
    // yarn 2 and 3 leave the protocol out of ranges but not out of headers
    const number = numberOf(known, range) ?? numberOf(known, `npm:${range}`);
    if (number === undefined) return undefined;
    this.#isAsked[number] = true;
    return this.#led[number];
  }

  /** Answers the only package that a wanted name can mean when its range is not in the file; ask after every `exact`. */
  likely(name: string): number | undefined {
    const known = this.#numbers.get(name);
    if (known === undefined) return undefined;
    const numbers = known.others === null ? [known.number] : [known.number, ...known.others.values()];
    const all = new Set(numbers.map((number) => this.#led[number]!));
    const unasked = new Set(numbers.filter((number) => !this.#isAsked[number]).map((number) => this.#led[number]!));
    const [only] = all.size === 1 ? all : unasked;
    return all.size === 1 || unasked.size === 1 ? only : undefined;
  }

  /** Answers the packages that some descriptor leads to for which nobody asked. */
  unasked(): Set<number> {
    return new Set(this.#led.filter((_, number) => !this.#isAsked[number]));
  }
}

function numberOf(known: Ranges, range: string): number | undefined {
  return known.range === range ? known.number : known.others?.get(range);
}
