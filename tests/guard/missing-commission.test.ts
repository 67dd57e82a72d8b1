import { sentencesOfMissing } from '../../src/guard/missing-commission-words.js';
import { evidenceOfMissing, honouredThrough, type Claimant, type Win } from '../../src/guard/missing-commission.js';

const rules = { timeZone: 'Europe/Berlin', missingCommissionDays: 90 };
const claimant: Claimant = {
  ...{ id: 'reg_1', status: 'expired', outcome: 'open', amount: '100.00', currency: 'EUR' },
  ...{ contactId: 'c1', companyId: 'a1', protectedUntil: '2026-03-31' },
  ...{ contactKey: 'address:ida', companyKey: 'acme.com' },
  submittedAt: new Date('2026-01-02T10:00:00Z'),
  approvedAt: new Date('2026-01-03T10:00:00Z'),
  pushedAt: new Date('2026-01-03T10:01:00Z'),
};
const win: Win = {
  ...{ amount: '100.00', currency: 'EUR', closeDate: null, createdAt: '2026-03-20T10:00:00Z', linkedTo: [] },
  seenWonAt: new Date('2026-04-10T10:00:00Z'),
  ties: { contactIds: ['c9'], companyIds: ['a1', 'a2'] },
  knownBy: { contactKeys: [], domains: [] },
};
const judged = (more: Partial<Claimant> = {}, won: Partial<Win> = {}) =>
  evidenceOfMissing({ ...win, ...won }, { ...claimant, ...more }, rules, false);

describe('a win that may be owed to a registration', () => {
  it('is one on its company some days after protection ended', () => {
    expect(judged()).toMatchObject({
      ...{ sameContact: false, sameCompany: true, ownDeal: false, amount: 'same' },
      ...{ registeredOn: '2026-01-02', wonOn: '2026-04-10', endedDaysBefore: 10, approvedAfterWin: false },
    });
  });

  it('is one on its contact while protection runs', () => {
    const ties = { contactIds: ['c1'], companyIds: [] };
    expect(judged({ protectedUntil: '2026-04-10' }, { ties })).toMatchObject({
      ...{ sameContact: true, sameCompany: false, endedDaysBefore: null },
    });
  });

  it('is one on other records of the same address or domain, which somebody made beside those of the registration', () => {
    const ties = { contactIds: ['c9'], companyIds: ['a9'] };
    const knownBy = { contactKeys: ['address:ida'], domains: ['acme.com'] };
    expect(judged({}, { ties, knownBy })).toMatchObject({ sameContact: true, sameCompany: true, otherRecords: true });
    expect(judged({}, { ties, knownBy: { ...knownBy, contactKeys: [] } })).toMatchObject({ sameContact: false });
    expect(judged({}, { knownBy })).not.toHaveProperty('otherRecords');
    expect(judged({}, { ties })).toBeNull();
  });

  it('is one that waits for its answer, of which nothing is in the CRM yet', () => {
    const waiting = { status: 'in_review', approvedAt: null, protectedUntil: null, pushedAt: null };
    const nothing = { contactId: null, companyId: null };
    const knownBy = { contactKeys: [], domains: ['acme.com'] };
    const evidence = judged({ ...waiting, ...nothing }, { knownBy });
    expect(evidence).toMatchObject({ unanswered: 'vendor', approvedAfterWin: true, madeDaysAfterPush: null });
    expect(sentencesOfMissing(evidence!)).toEqual(
      expect.arrayContaining([
        'Nobody has answered the registration.',
        'It stands on the company that was registered, by its address and under another record.',
      ]),
    );
    expect(judged({ ...waiting, ...nothing, status: 'rejected' }, { knownBy })).toBeNull();
  });

  it.each<[string, Partial<Claimant>, Partial<Win>]>([
    ['on records of somebody else', {}, { ties: { contactIds: ['c9'], companyIds: [] } }],
    ['of one that was withdrawn', { status: 'withdrawn' }, {}],
    ['of one that was rejected', { status: 'rejected' }, {}],
    ['of one that was won by another deal', { outcome: 'won' }, {}],
    ['of one that never was approved', { approvedAt: null }, {}],
    ['made before anybody registered', {}, { closeDate: '2026-01-01' }],
    ['longer after the end than the program says', {}, { seenWonAt: new Date('2026-06-30T10:00:00Z') }],
  ])('is not one %s', (_what, more, won) => {
    expect(judged(more, won)).toBeNull();
  });

  it('still is one on the last day the program says', () => {
    expect(judged({}, { seenWonAt: new Date('2026-06-29T10:00:00Z') })).toMatchObject({ endedDaysBefore: 90 });
  });

  it('is no later than the day on which it was seen, whatever was typed as close date', () => {
    expect(judged({}, { closeDate: '2026-12-31' })).toMatchObject({ wonOn: '2026-04-10' });
    expect(judged({}, { closeDate: '2026-04-02' })).toMatchObject({ wonOn: '2026-04-02' });
  });

  it('says that approval came only after it, and that it is the registration’s own', () => {
    expect(judged({ approvedAt: new Date('2026-04-11T10:00:00Z') })).toMatchObject({ approvedAfterWin: true });
    const ties = { contactIds: [], companyIds: [] };
    expect(judged({}, { ties, linkedTo: ['reg_1'] })).toMatchObject({ ownDeal: true });
  });
});

describe('until when protection is honoured for a win', () => {
  it.each([
    [{ wonAt: '2026-04-10T23:30:00Z', closeDate: null }, '2026-04-11'],
    [{ wonAt: '2026-04-10T10:00:00Z', closeDate: '2026-04-20' }, '2026-04-20'],
    [{ wonAt: null, closeDate: '2026-04-01' }, '2026-04-12'],
  ])('is the later of the days that may count: %j', (deal, day) => {
    expect(honouredThrough(deal, new Date('2026-04-12T10:00:00Z'), rules.timeZone)).toBe(day);
  });

  it('is no day where nothing of the win is known', () => {
    expect(honouredThrough({ wonAt: null, closeDate: null }, undefined, rules.timeZone)).toBeNull();
  });
});
