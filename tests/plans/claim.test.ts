import type { PlanVersion } from '../../src/plans/plan.js';
import {
  asDay,
  blockedGates,
  deal,
  earned,
  flagsOf,
  partner,
  planText,
  registration,
  tenPercent,
  versions,
  type SampleFacts,
} from './sample-facts.js';

const oneRule = (pay: string, more = ''): readonly PlanVersion[] =>
  versions(planText(`${more}rules:\n  - { id: r, pay: ${pay} }\n`));

describe('who is credited', () => {
  const inMarch = (hour: string): string => `2026-03-01T${hour}:00.000Z`;

  it.each<[string, SampleFacts, readonly string[]]>([
    ['was approved the moment it was won', { registrations: [registration({ approvedAt: inMarch('10:00') })] }, []],
    [
      'was approved a moment after it was won',
      { registrations: [registration({ approvedAt: inMarch('10:01') })] },
      ['approved-after-winning'],
    ],
    [
      'was never approved',
      { registrations: [registration({ approvedAt: null, protectedUntil: null })] },
      ['not-approved', 'not-approved', 'not-approved'],
    ],
    ['ran out the day it was won', { registrations: [registration({ protectedUntil: asDay('2026-03-01') })] }, []],
    [
      'ran out the day before',
      { registrations: [registration({ protectedUntil: asDay('2026-02-28') })] },
      ['protection-over'],
    ],
    ['was withdrawn before', { registrations: [registration({ endedAt: inMarch('09:00') })] }, ['ended']],
    ['was withdrawn after it had been won', { registrations: [registration({ endedAt: inMarch('11:00') })] }, []],
    [
      'belongs to a partner who left before',
      { partners: [partner({ deactivatedAt: inMarch('09:00') })] },
      ['partner-inactive'],
    ],
    ['belongs to a partner who left after', { partners: [partner({ deactivatedAt: inMarch('11:00') })] }, []],
    ['belongs to a partner who is not there', { partners: [] }, ['partner-inactive']],
    ['comes before any plan', { planVersions: versions(tenPercent.replace('2026-01-01', '2026-03-02')) }, ['no-plan']],
    ['is of a deal that is open', { deals: [deal({ outcome: 'open', wonAt: null, wonOn: null })] }, ['deal-open']],
    ['is of a deal that is lost', { deals: [deal({ outcome: 'lost', wonAt: null, wonOn: null })] }, ['deal-lost']],
    ['is of a deal that was archived', { deals: [deal({ archived: true })] }, ['deal-archived']],
  ])('a registration that %s', (_what, sample, reasons) => {
    const later = { asOf: '2026-04-30', ...sample };
    expect(blockedGates(later)).toEqual(reasons);
    expect(earned(later)).toHaveLength(reasons.length === 0 ? 1 : 0);
  });

  it('credits a registration submitted in time and approved later, only where the plan says so', () => {
    const late = { registrations: [registration({ approvedAt: '2026-03-03T08:00:00.000Z' })], asOf: '2026-04-30' };
    const bySubmission = oneRule('{ percent: 10, of: amount }', 'creditWhen: submitted\n');
    expect(earned(late)).toEqual([]);
    expect(earned({ ...late, planVersions: bySubmission })).toHaveLength(1);
    const tooLate = [registration({ submittedAt: '2026-03-01T10:00:01.000Z', approvedAt: '2026-03-03T08:00:00.000Z' })];
    expect(blockedGates({ ...late, planVersions: bySubmission, registrations: tooLate })).toEqual([
      'submitted-after-winning',
    ]);
  });

  it('is the earliest to submit of those who qualify, and nobody else', () => {
    const registrations = [
      registration({ id: 'reg_2', partnerId: 'par_2', submittedAt: '2026-02-02T08:00:00.000Z' }),
      registration({ id: 'reg_1', partnerId: 'par_1', submittedAt: '2026-02-01T08:00:00.000Z' }),
      registration({
        id: 'reg_3',
        partnerId: 'par_3',
        submittedAt: '2026-01-01T08:00:00.000Z',
        endedAt: '2026-02-01T00:00:00.000Z',
      }),
    ];
    const sample = { registrations, asOf: '2026-12-31' };
    expect(earned(sample)).toEqual([['par_1', 10000n, 'EUR']]);
    expect(blockedGates(sample, 'reg_1')).toEqual([]);
    expect(blockedGates(sample, 'reg_2')).toEqual(['earlier-registration']);
    expect(blockedGates(sample, 'reg_3')).toEqual(['ended', 'earlier-registration']);
  });

  it('does not move on to the next registration when the first partner left the program', () => {
    const registrations = [
      registration(),
      registration({ id: 'reg_2', partnerId: 'par_2', submittedAt: '2026-02-02T08:00:00.000Z' }),
    ];
    const partners = [partner({ id: 'par_1', deactivatedAt: '2026-02-20T00:00:00.000Z' }), partner({ id: 'par_2' })];
    expect(earned({ registrations, partners })).toEqual([]);
    expect(flagsOf({ registrations, partners })).toEqual(['partner-inactive']);
  });
});

describe('which version counts', () => {
  it('is the same for the lead and for the deal of who registered under a version that goes by that day', () => {
    const text = (more: string, fee: number): string =>
      `plan: p\n${more}rules:\n  - { id: lead, on: approved, pay: { flat: ${String(fee)} EUR } }\n`;
    const planVersions = versions(
      text('effectiveFrom: 2026-01-01\nversionBy: registered\n', 40),
      text('effectiveFrom: 2026-02-01\n', 10),
    );
    expect(earned({ planVersions })).toEqual([['par_1', 4000n, 'EUR']]);
  });

  const byRegistration = 'versionBy: registered\n';
  const twoVersions = (first: string, second: string): readonly PlanVersion[] => [
    ...versions(
      planText(`${first}rules:\n  - { id: r, pay: { percent: 10, of: amount } }`),
      `plan: standard\neffectiveFrom: 2026-02-15\n${second}rules:\n  - { id: r, pay: { percent: 20, of: amount } }`,
    ),
  ];

  it.each([
    ['the day it was won by default', '', '', 20000n],
    ['the day of registration where both versions say so', byRegistration, byRegistration, 10000n],
    ['the version that promised so to those who registered under it', byRegistration, '', 10000n],
    ['the day of registration where the later version says so', '', byRegistration, 10000n],
  ])('is that of %s', (_which, first, second, minor) => {
    expect(earned({ planVersions: twoVersions(first, second) })).toEqual([['par_1', minor, 'EUR']]);
  });
});
