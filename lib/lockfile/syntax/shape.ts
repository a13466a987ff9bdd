/**
 * Safe looks into values that came out of a parser. Names in lockfiles may be `__proto__` or `constructor`, so a key is
 * only ever asked for as the value's own.
 */

/** A mapping out of JSON, YAML or TOML. Read its keys with `field` or `fields`, never with a dot and an input's name. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Tells whether a value is a mapping (not a list, not null). */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Answers the value's own field, or undefined when there is none or the value is no mapping. */
export function field(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Answers a mapping's own entries in file order; none for anything else. */
export function fields(value: unknown): [string, unknown][] {
  return isMapping(value) ? Object.entries(value) : [];
}

/** Answers the elements of a list; none for anything else. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Answers a string that is not empty, else undefined. */
export function string(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Answers a field that is a string and not empty, else undefined. */
export function stringField(value: unknown, key: string): string | undefined {
  return string(field(value, key));
}

/** Answers the strings of a list, leaving out whatever is not one; a single string counts as a list of one. */
export function strings(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return items(value).filter((item): item is string => typeof item === "string" && item !== "");
}
