/** Filled in from lib/allocation/worked-example.ts, which a test executes. */
export function WorkedExample() {
  return null;
}
