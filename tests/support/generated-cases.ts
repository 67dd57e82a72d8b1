/** Random for each run, and printed by it; the environment can give it, to run the same cases again. */
const seed = Number(process.env['FAST_CHECK_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));

/** So many generated cases. What they are generated from is printed, whether or not one of them fails. */
export function generatedCases(numRuns: number): { readonly numRuns: number; readonly seed: number } {
  const { currentTestName = 'generated cases' } = expect.getState();
  process.stderr.write(`${currentTestName}: ${String(numRuns)} cases, FAST_CHECK_SEED=${String(seed)} repeats them\n`);
  return { numRuns, seed };
}
