import fc from 'fast-check';
import { generatedCases } from '../support/generated-cases.js';
import { partsComeToTheWhole, refundsTakeBackAllAndNoMore } from './generated/claims-on-parts.js';
import {
  daysDoNotMatter,
  keysAreUnique,
  laterVersionsChangeNothing,
  linesAgree,
  orderDoesNotMatter,
  runningAgainBooksNothing,
  versionsOnlyAdd,
} from './generated/claims.js';

/** A few of each: what thousands of cases say, the full set tells. */
describe('whatever plans promise, and whatever happens', () => {
  it('every line comes to what a naive evaluation of the same documents says', () => {
    fc.assert(linesAgree, generatedCases(120));
  });

  it('no two lines are the same thing', () => {
    fc.assert(keysAreUnique, generatedCases(30));
  });

  it('the parts of a split and the instalments come to the whole', () => {
    fc.assert(partsComeToTheWhole, generatedCases(20));
  });

  it('refunds never take back more than was booked, and all of them take back all of it', () => {
    fc.assert(refundsTakeBackAllAndNoMore, generatedCases(20));
  });

  it('the same facts in any order, repeated and in any batches, book the same totals', () => {
    fc.assert(orderDoesNotMatter, generatedCases(30));
  });

  it('day by day, with payouts in between, books the same totals as once at the end', () => {
    fc.assert(daysDoNotMatter, generatedCases(20));
  });

  it('a version that becomes known later changes what was booked only through new lines', () => {
    fc.assert(versionsOnlyAdd, generatedCases(20));
  });

  it('a version of days to come changes nothing', () => {
    fc.assert(laterVersionsChangeNothing, generatedCases(20));
  });

  it('running again books nothing', () => {
    fc.assert(runningAgainBooksNothing, generatedCases(20));
  });
});
