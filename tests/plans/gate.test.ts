import { sentenceOfGate } from '../../src/plans/gate.js';
import { gateReports, reportWithoutDeal, reportWithoutRegistration } from '../../src/plans/position.js';
import { blockedGates, deal, factsOf, reasonsOf, registration } from './sample-facts.js';

describe('why there is no commission', () => {
  it('says on which day the hold will be over', () => {
    const [report] = gateReports(factsOf());
    const hold = report?.gates.at(-1);
    expect(hold).toMatchObject({ kind: 'blocked', gate: 'hold-over', opensOn: '2026-03-31' });
    expect(hold && sentenceOfGate(hold)).toBe(
      'The commission was earned on 2026-03-01 and is on hold for 30 days. It passes on 2026-03-31.',
    );
    expect(blockedGates({ asOf: '2026-03-31' })).toEqual([]);
  });

  it('names every gate in order, passed or not, in words', () => {
    const [report] = gateReports(factsOf({ asOf: '2026-03-31' }));
    expect(report?.gates.map(({ gate }) => gate)).toEqual([
      'registered',
      'deal-linked',
      'approved',
      'in-time',
      'protection',
      'first',
      'partner-active',
      'deal-won',
      'plan-in-force',
      'currency',
      'amount',
      'hold-over',
    ]);
    expect(report?.gates.map(sentenceOfGate).join(' ')).not.toMatch(/[{}]|undefined|null|not known/);
  });

  it('answers for an open deal as things stand today', () => {
    const open = { deals: [deal({ outcome: 'open', wonAt: null, wonOn: null })] };
    expect(blockedGates({ ...open, asOf: '2026-04-30' })).toEqual(['deal-open']);
    expect(blockedGates({ ...open, asOf: '2026-05-01' })).toEqual(['protection-over', 'deal-open']);
  });

  it('answers for a registration that is not linked to a deal', () => {
    const draft = registration({ dealId: null, approvedAt: null, protectedUntil: null });
    expect(reasonsOf(reportWithoutDeal(factsOf(), draft).gates)).toEqual([
      'not-linked',
      'not-approved',
      'not-approved',
      'not-approved',
    ]);
  });

  it('answers for a partner who never registered the deal', () => {
    expect(reasonsOf(reportWithoutRegistration(deal(), 'par_9').gates)).toEqual(['not-registered']);
  });
});
