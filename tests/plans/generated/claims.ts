import fc from 'fast-check';
import { bothViews, cases, engineLines, naiveLines, someDay } from './cases.js';

/** Every line, and so every total, is what the naive evaluation of the same documents says. */
export const linesAgree = fc.property(cases, someDay, (one, asOf) => {
  const { world, facts } = bothViews(one, asOf);
  expect(engineLines(facts)).toEqual(naiveLines(world));
});
