import fc from 'fast-check';
import { generatedCases } from '../support/generated-cases.js';
import { linesAgree } from './generated/claims.js';

describe('whatever plans promise, and whatever happens', () => {
  it('every line comes to what a naive evaluation of the same documents says', () => {
    fc.assert(linesAgree, generatedCases(120, 'every line'));
  });
});
