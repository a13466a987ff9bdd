import { splitNameAndVersion } from "../npm/fields.ts";

/**
 * What each descriptor (`name@range`) of a yarn.lock led to, and which of them somebody asked for.
 *
 * Yarn drops what nothing asks for. So a descriptor that no package and no known manifest uses is one that stands behind
 * something the file does not show: a manifest that was not given, a catalog, or a replaced range ("resolutions").
 */
export class Descriptors {
  readonly #led = new Map<string, number>();
  readonly #byName = new Map<string, string[]>();
  readonly #used = new Set<string>();

  /** Records that a descriptor led to a package. */
  add(descriptor: string, index: number): void {
    this.#led.set(descriptor, index);
    const name = splitNameAndVersion(descriptor)?.name ?? descriptor;
    const others = this.#byName.get(name);
    if (others) others.push(descriptor);
    else this.#byName.set(name, [descriptor]);
  }

  /** Answers what a wanted range led to, where the file has exactly that; and remembers that it was asked for. */
  exact(name: string, range: string): number | undefined {
    // yarn 2 and 3 leave the protocol out of ranges but not out of headers
    for (const descriptor of range === "" ? [name, `${name}@`] : [`${name}@${range}`, `${name}@npm:${range}`]) {
      const index = this.#led.get(descriptor);
      if (index === undefined) continue;
      this.#used.add(descriptor);
      return index;
    }
    return undefined;
  }

  /** Answers the only package that a wanted name can mean when its range is not in the file; ask after every `exact`. */
  likely(name: string): number | undefined {
    const descriptors = this.#byName.get(name) ?? [];
    const all = new Set(descriptors.map((descriptor) => this.#led.get(descriptor)!));
    const unused = new Set(descriptors.filter((one) => !this.#used.has(one)).map((one) => this.#led.get(one)!));
    const [only] = all.size === 1 ? all : unused;
    return all.size === 1 || unused.size === 1 ? only : undefined;
  }

  /** Answers the packages that some descriptor leads to for which nobody asked. */
  unasked(): Set<number> {
    const unasked = new Set<number>();
    for (const [descriptor, index] of this.#led) if (!this.#used.has(descriptor)) unasked.add(index);
    return unasked;
  }
}
