import { splitNameAndVersion } from "../npm/fields.ts";

/**
 * What each descriptor (`name@range`) of a yarn.lock led to, and which of them somebody asked for.
 *
 * Yarn drops what nothing asks for. So a descriptor that no package and no known manifest uses is one that stands behind
 * something the file does not show: a manifest that was not given, a catalog, or a replaced range ("resolutions").
 */
export class Descriptors {
  /** Number of each descriptor; what it led to and whether it was asked for stand at that number. */
  readonly #numbers = new Map<string, number>();
  readonly #led: number[] = [];
  readonly #isAsked: boolean[] = [];
  #byName: Map<string, number[]> | undefined;

  /** Records that a descriptor led to a package. */
  add(descriptor: string, index: number): void {
    this.#numbers.set(descriptor, this.#led.length);
    this.#led.push(index);
    this.#isAsked.push(false);
  }

  /** Answers what a wanted range led to, where the file has exactly that; and remembers that it was asked for. */
  exact(name: string, range: string): number | undefined {
    const number =
      this.#numbers.get(`${name}@${range}`) ??
      // yarn 2 and 3 leave the protocol out of ranges but not out of headers
      this.#numbers.get(`${name}@npm:${range}`) ??
      (range === "" ? this.#numbers.get(name) : undefined);
    if (number === undefined) return undefined;
    this.#isAsked[number] = true;
    return this.#led[number];
  }

  /** Answers the only package that a wanted name can mean when its range is not in the file; ask after every `exact`. */
  likely(name: string): number | undefined {
    const numbers = this.#named(name);
    const all = new Set(numbers.map((number) => this.#led[number]!));
    const unasked = new Set(numbers.filter((number) => !this.#isAsked[number]).map((number) => this.#led[number]!));
    const [only] = all.size === 1 ? all : unasked;
    return all.size === 1 || unasked.size === 1 ? only : undefined;
  }

  /** Answers the packages that some descriptor leads to for which nobody asked. */
  unasked(): Set<number> {
    return new Set(this.#led.filter((_, number) => !this.#isAsked[number]));
  }

  // few files need names, so they are taken apart when the first does
  #named(name: string): number[] {
    if (!this.#byName) {
      this.#byName = new Map();
      for (const [descriptor, number] of this.#numbers) {
        const own = splitNameAndVersion(descriptor)?.name ?? descriptor;
        const others = this.#byName.get(own);
        if (others) others.push(number);
        else this.#byName.set(own, [number]);
      }
    }
    return this.#byName.get(name) ?? [];
  }
}
