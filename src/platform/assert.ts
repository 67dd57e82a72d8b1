/** Something the code relies on was not so. Never expected, never retried: the fault is in the code, not in the world. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}

/** States what must hold here. @throws AssertionFailed with `claim` in its message when it does not. */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new AssertionFailed(`expected: ${claim}`);
}

/** The value, once it is known to be there. @throws AssertionFailed naming `claim` when it is null or undefined. */
export function assertDefined<T>(value: T | null | undefined, claim: string): T {
  assert(value !== null && value !== undefined, claim);
  return value;
}
