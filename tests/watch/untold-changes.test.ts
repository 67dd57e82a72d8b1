import type { CrmDeal } from '../../connectors/contract.js';
import { missedByFeed, saysMoreThanOurs } from '../../src/watch/untold-changes.js';
import { stateBefore } from '../bench/seed-product.js';

const known = { ...stateBefore('Acme'), stageId: 'open', pipelineId: 'default', amount: '5' };
const deal = (differs: Partial<CrmDeal> = {}): CrmDeal => ({
  ...{ crmDealId: '1', name: 'Acme', pipelineId: 'default', stageId: 'open', stageLabel: known.stageLabel },
  ...{ outcome: 'open', amount: '5', currency: known.currency, closeDate: null, ownerId: null, registrationId: null },
  partner: null,
  ...{ mergedIds: [], createdAt: null, modifiedAt: null, stageHistory: null, fields: {} },
  ...differs,
});

describe('a change that a sweep found', () => {
  it.each<[string, Partial<CrmDeal>, boolean]>([
    ['is another amount', { amount: '6' }, true],
    ['is another stage', { stageId: 'next' }, true],
    ['is a win', { stageId: 'won', outcome: 'won' }, true],
    ['is our own stamp', { registrationId: 'reg_1' }, false],
    ['is a mapped field, which may be a formula', { fields: { Score__c: '7' } }, false],
    ['is nothing', {}, false],
  ])('%s: %s', (_what, differs, expected) => {
    expect(saysMoreThanOurs(known, deal(differs))).toBe(expected);
  });

  it('of a deal that is seen for the first time is nothing a feed had to tell', () => {
    expect(saysMoreThanOurs(null, deal())).toBe(false);
  });
});

describe('a feed', () => {
  const feed = { state: 'live', since: new Date('2026-03-02T09:00:00Z') } as const;
  const now = new Date('2026-03-02T10:00:00Z');
  const changedAt = (modifiedAt: string | null) => [{ crmDealId: '1', modifiedAt }];

  it.each([
    ['while it was live', '2026-03-02T09:30:00Z', 1],
    ['before it was', '2026-03-02T08:59:00Z', 0],
    ['as it came up', '2026-03-02T09:00:30Z', 0],
    ['so lately that it may still tell', '2026-03-02T09:59:00Z', 0],
    ['nobody knows when', null, 0],
  ])('that said nothing of a change made %s', (_when, modifiedAt, missed) => {
    expect(missedByFeed(changedAt(modifiedAt), feed, now)).toHaveLength(missed);
  });

  it('that is not live missed nothing', () => {
    expect(missedByFeed(changedAt('2026-03-02T09:30:00Z'), { ...feed, state: 'waiting' }, now)).toEqual([]);
  });
});
