import type { Parameters } from 'fast-check';

/** Random for each run, and printed by it; the environment can give it, to run the same cases again. */
const seed = Number(process.env['FAST_CHECK_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));

/** So many generated cases. What they were generated from is printed, whether or not one of them fails. */
export function generatedCases<T>(numRuns: number, what: string): Parameters<T> {
  process.stderr.write(`${String(numRuns)} generated cases (${what}): FAST_CHECK_SEED=${String(seed)} repeats them\n`);
  return { numRuns, seed };
}
