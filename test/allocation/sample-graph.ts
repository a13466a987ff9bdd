/**
 * Makes a skewed dependency graph of the size and density of a real npm lockfile (2.2 edges per package), the same every
 * time. Early packages depend on later ones and everybody likes the same few, as in life; there are a handful of cycles.
 */
export function sampleGraph(
  count: number,
  directCount: number,
  seed = 7,
): { direct: string[]; edges: [string, string][] } {
  const random = generator(seed);
  const width = String(count).length;
  const names = Array.from({ length: count }, (_, i) => `package-${String(i).padStart(width, "0")}`);
  const name = (i: number): string => names[i]!;
  const edges: [string, string][] = [];
  for (let i = directCount; i < count; i++) {
    // everybody but the direct ones is there because somebody earlier needs them
    edges.push([name(Math.floor(random() * i)), name(i)]);
  }
  for (let e = 0; e < 1.2 * count; e++) {
    const from = Math.floor(random() * (count - 1));
    const skew = random();
    const to = from + 1 + Math.floor(skew * skew * skew * (count - from - 1));
    edges.push([name(from), name(to)]);
  }
  for (let e = 0; e < count / 400; e++) {
    const from = Math.floor(random() * (count - 10));
    edges.push([name(from + 5), name(from)], [name(from), name(from + 5)]);
  }
  return { direct: Array.from({ length: directCount }, (_, i) => name(i)), edges };
}

/** A small generator of numbers from 0 to 1 (mulberry32): the tests need the same graph everywhere, not good randomness. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
