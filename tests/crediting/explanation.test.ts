import type { BookedLine } from '../../src/crediting/booked-line.js';
import { difference } from '../../src/crediting/difference.js';
import { explain, inputsHash, type Explanation } from '../../src/crediting/explanation.js';
import type { DealFacts } from '../../src/plans/facts.js';
import { position } from '../../src/plans/position.js';
import { deal, factsOf } from '../plans/sample-facts.js';
import { memoryBook } from './book.js';

/** The explanation of the one line that the change of a won and booked deal leads to. */
function explained(changed: DealFacts, booked: { readonly paid: boolean } | null, asOf = '2026-03-05'): Explanation {
  const book = memoryBook();
  if (booked !== null) book.credit(factsOf());
  if (booked?.paid === true) book.pay('line_1');
  const facts = factsOf({ deals: [changed], asOf });
  const [due] = difference(position(facts), [...book.lines()] satisfies BookedLine[], facts.asOf);
  if (due === undefined) throw new Error('nothing to explain');
  return explain(due, { facts, whyNot: () => ['The deal has no value for amount.'] });
}

const sentences = (explanation: Explanation): readonly string[] => explanation.steps.map(({ sentence }) => sentence);

describe('the explanation of a line', () => {
  it('lets a person follow a commission by hand', () => {
    expect(sentences(explained(deal(), null))).toEqual([
      'Registration reg_1 is credited: submitted 2026-01-31T08:00:00.000Z, approved 2026-02-01T08:00:00.000Z, ' +
        'protected until 2026-04-30; the deal was won on 2026-03-01.',
      'Rule new-business of plan standard@1 applies.',
      'The amount of the deal is 1000.00 EUR.',
      '10 % of 1000.00 EUR is 100.00 EUR.',
      'Rounded (half-even) to the smallest unit of EUR: 100.00 EUR.',
      'Earned on 2026-03-01 and payable from 2026-03-31, after 30 days of hold.',
    ]);
  });

  it('shows for an amended amount what is due, what was booked and the difference', () => {
    const amended = explained(deal({ amount: '750.00' }), { paid: false });
    expect(amended.summary).toBe('-25.00 EUR adjustment of line line_1: 75.00 EUR is due instead of 100.00 EUR.');
    expect(sentences(amended).slice(-2)).toEqual([
      'Due now: 75.00 EUR. Booked before: 100.00 EUR. The difference is -25.00 EUR.',
      'It matures together with line line_1, on 2026-03-31.',
    ]);
  });

  it('says why nothing is due any more', () => {
    expect(sentences(explained(deal({ amount: null }), { paid: true }))).toEqual([
      'The deal has no value for amount.',
      'Due now: 0.00 EUR. Booked before: 100.00 EUR. The difference is -100.00 EUR.',
      'Line line_1 was paid already, so this counts from 2026-03-05 on.',
    ]);
  });

  it.each<[string, Partial<DealFacts>, string]>([
    ['open again', { outcome: 'open', wonAt: null, wonOn: null }, 'The deal is open again.'],
    ['lost', { outcome: 'lost', wonAt: null, wonOn: null }, 'The deal is lost.'],
    ['archived', { archived: true }, 'The deal is no longer in the CRM.'],
  ])('says what happened to a deal that is %s', (_what, changes, sentence) => {
    expect(sentences(explained(deal(changes), { paid: true }))).toEqual([
      `${sentence} What line line_1 was earned by no longer stands.`,
      'Line line_1 of 100.00 EUR is taken back: -100.00 EUR.',
      'Line line_1 was paid already, so this counts from 2026-03-05 on.',
    ]);
  });

  it('carries a hash that changes with every input and with nothing else', () => {
    const explanation = explained(deal(), null);
    const { deal: dealInputs, ...others } = explanation.inputs;
    const reordered = { ...explanation, summary: 'other words', inputs: { ...others, deal: dealInputs ?? null } };
    expect(inputsHash(reordered)).toBe(inputsHash(explanation));
    expect(inputsHash(explanation)).toMatch(/^[0-9a-f]{64}$/);
    expect(inputsHash(explained(deal({ revision: 2 }), null))).not.toBe(inputsHash(explanation));
  });
});
