import fc from 'fast-check';
import { generatedCases } from '../support/generated-cases.js';
import { partsComeToTheWhole, refundsTakeBackAllAndNoMore } from './generated/claims-on-parts.js';
import {
  daysDoNotMatter,
  keysAreUnique,
  laterVersionsChangeNothing,
  orderDoesNotMatter,
  runningAgainBooksNothing,
  versionsOnlyAdd,
} from './generated/claims.js';

/** The claims of position-against-naive.test.ts, over thousands of cases; the first of them has a file of its own. */
describe('whatever plans promise, and whatever happens, thousands of times', () => {
  it('no two lines are the same thing', () => {
    fc.assert(keysAreUnique, generatedCases(600));
  });

  it('the parts of a split and the instalments come to the whole', () => {
    fc.assert(partsComeToTheWhole, generatedCases(800));
  });

  it('refunds never take back more than was booked, and all of them take back all of it', () => {
    fc.assert(refundsTakeBackAllAndNoMore, generatedCases(600));
  });

  it('the same facts in any order, repeated and in any batches, book the same totals', () => {
    fc.assert(orderDoesNotMatter, generatedCases(1000));
  });

  it('day by day, with payouts in between, books the same totals as once at the end', () => {
    fc.assert(daysDoNotMatter, generatedCases(300));
  });

  it('a version that becomes known later changes what was booked only through new lines', () => {
    fc.assert(versionsOnlyAdd, generatedCases(800));
  });

  it('a version of days to come changes nothing', () => {
    fc.assert(laterVersionsChangeNothing, generatedCases(400));
  });

  it('running again books nothing', () => {
    fc.assert(runningAgainBooksNothing, generatedCases(800));
  });
});
