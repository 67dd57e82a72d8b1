import { agreementStanding, type DatedAgreement } from '../../src/partners/agreement.js';
import type { Day } from '../../src/program/calendar.js';

const version = (number: number, effectiveFrom: string, asksAcceptance = true): DatedAgreement => ({
  version: number,
  effectiveFrom: effectiveFrom as Day,
  asksAcceptance,
});
const versions = [version(1, '2026-01-01'), version(2, '2026-02-01', false), version(3, '2026-03-01')];

describe('how a partner stands to the agreement', () => {
  it.each<[string, string, number[], number | null, boolean]>([
    ['nothing is asked before the first is in force', '2025-12-31', [], null, false],
    ['the first is asked for on its day', '2026-01-01', [], 1, true],
    ['what was accepted is not asked for again', '2026-01-31', [1], 1, false],
    ['a version that only clears up wording asks nobody who accepted the one before', '2026-02-01', [1], 2, false],
    ['but it is what a newcomer accepts', '2026-02-01', [], 2, true],
    ['and who accepted it accepted the one before', '2026-02-28', [2], 2, false],
    ['a new one that asks, asks everybody again', '2026-03-01', [1, 2], 3, true],
    ['accepted, it is done', '2026-03-01', [1, 3], 3, false],
  ])('%s', (_claim, today, accepted, current, asked) => {
    expect(agreementStanding(versions, accepted, today as Day)).toEqual({ current, asked });
  });
});
