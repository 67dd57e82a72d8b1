import fc from 'fast-check';
import { generatedCases } from '../support/generated-cases.js';
import { linesAgree } from './generated/claims.js';

/** The claim that all others rest on, over thousands of cases; the others are in books-of-positions.full.test.ts. */
describe('whatever plans promise, and whatever happens, thousands of times', () => {
  it('every line comes to what a naive evaluation of the same documents says', () => {
    fc.assert(linesAgree, generatedCases(6000));
  });
});
