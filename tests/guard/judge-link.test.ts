import type { CrmDeal } from '../../connectors/contract.js';
import { judgeLink, type Guarded, type Neighbour, type OwnDeal } from '../../src/guard/judge-link.js';

const registration: Omit<Guarded, 'own'> = {
  submittedAt: new Date('2026-03-01T09:00:00.000Z'),
  pushedAt: new Date('2026-03-03T09:00:00.000Z'),
  amount: '12000.00',
  currency: 'EUR',
};

type Traits = Partial<Pick<CrmDeal, 'createdAt' | 'outcome' | 'amount' | 'currency'>> &
  Partial<Omit<Neighbour, 'around'>> & { readonly on?: 'contact' | 'company' | 'both' };

/** A deal around the registration; made three days after the push on its contact, unless said. */
function deal(crmDealId: string, traits: Traits = {}): Neighbour {
  const { on = 'contact', taken = false, rejected = false, passedOver = false, contested = false, ...facts } = traits;
  return {
    around: {
      deal: {
        crmDealId,
        name: crmDealId,
        pipelineId: null,
        stageId: null,
        stageLabel: null,
        outcome: 'open',
        amount: null,
        currency: null,
        closeDate: null,
        ownerId: null,
        registrationId: null,
        partner: null,
        mergedIds: [],
        createdAt: '2026-03-06T09:00:00.000Z',
        modifiedAt: null,
        stageHistory: null,
        fields: {},
        ...facts,
      },
      contactIds: on === 'company' ? [] : ['c1'],
      companyIds: on === 'contact' ? [] : ['a1'],
    },
    ...{ taken, rejected, passedOver, contested },
  };
}

/** `move 1`, `propose 1 2` or `keep`. */
function judged(own: OwnDeal, ...neighbours: readonly Neighbour[]): string {
  const judgement = judgeLink({ ...registration, own }, neighbours);
  if (judgement.kind === 'keep') return 'keep';
  const candidates = judgement.kind === 'move' ? [judgement.candidate] : judgement.candidates;
  return [judgement.kind, ...candidates.map(({ around }) => around.deal.crmDealId)].join(' ');
}

const beforeIt = '2026-02-01T09:00:00.000Z';
const whileReviewed = '2026-03-02T09:00:00.000Z';

describe('whether a registration has another deal by now', () => {
  it.each<[string, string, OwnDeal, readonly Neighbour[]]>([
    ['its own is there and nothing else', 'keep', 'open', []],
    ['its own is there and a rep made another', 'propose 1', 'open', [deal('1')]],
    ['its own was given up as lost for another', 'propose 1', 'lost', [deal('1')]],
    ['its own is gone and one was made since', 'move 1', 'gone', [deal('1')]],
    ['its lead was converted without one and one was made since', 'move 1', 'none', [deal('1')]],
    ['the other one is won already', 'move 1', 'gone', [deal('1', { outcome: 'won' })]],
    ['the other one is lost', 'keep', 'gone', [deal('1', { outcome: 'lost' })]],
    ['two were made since', 'propose 2 1', 'gone', [deal('1'), deal('2')]],
    ['it stands on the company only', 'propose 1', 'gone', [deal('1', { on: 'company' })]],
    ['a second one stands on the company only', 'propose 1 2', 'gone', [deal('1'), deal('2', { on: 'company' })]],
    ['it was made while the registration was reviewed', 'propose 1', 'gone', [deal('1', { createdAt: whileReviewed })]],
    ['nobody knows when it was made', 'propose 1', 'gone', [deal('1', { createdAt: null })]],
    ['another registration could claim it', 'propose 1', 'gone', [deal('1', { contested: true })]],
    ['it belongs to another registration', 'keep', 'gone', [deal('1', { taken: true })]],
    ['a person said that it is not', 'keep', 'gone', [deal('1', { rejected: true })]],
    ['a person chose its own over it', 'keep', 'open', [deal('1', { passedOver: true })]],
    ['what a person chose over it is gone', 'move 1', 'gone', [deal('1', { passedOver: true })]],
    ['an older one stood there when it was reviewed', 'keep', 'open', [deal('1', { createdAt: beforeIt })]],
    ['only an older open one is left', 'propose 1', 'none', [deal('1', { createdAt: beforeIt })]],
    ['an older one was won before', 'keep', 'none', [deal('1', { createdAt: beforeIt, outcome: 'won' })]],
    [
      'an older one of the company is no rival of one on the contact',
      'move 1',
      'gone',
      [deal('1'), deal('2', { createdAt: beforeIt, on: 'company' })],
    ],
    ['an older one of the contact is', 'propose 1 2', 'gone', [deal('1'), deal('2', { createdAt: beforeIt })]],
  ])('%s: %s', (_case, expected, own, neighbours) => {
    expect(judged(own, ...neighbours)).toBe(expected);
  });

  it('shows the likeliest first, and no more than a person reads', () => {
    const many = Array.from({ length: 15 }, (_, index) => deal(`x${String(index)}`, { on: 'company' }));
    const likely = deal('same', { on: 'both', amount: '12000', currency: 'EUR' });
    const near = deal('near', { on: 'both', amount: '11000', currency: 'EUR' });
    const foreign = deal('foreign', { on: 'both', amount: '12000', currency: 'USD' });
    const contested = deal('contested', { on: 'both', contested: true });
    const [kind, ...order] = judged('open', ...many, contested, foreign, near, likely).split(' ');
    expect(kind).toBe('propose');
    expect(order.slice(0, 4)).toEqual(['same', 'near', 'foreign', 'contested']);
    expect(order).toHaveLength(10);
  });
});
