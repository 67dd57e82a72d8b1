import fc from 'fast-check';
import { proveBooks } from '../../src/prove-books.js';
import { partnerProgram, type Introduction, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { minorUnits, tenPercent } from './naive-commission.js';
import { walks, type Step } from './random-walk.js';

const deals = 3;
const runs = 15;
const seed = 20_261_123;
const withinMs = 900_000;

describe('whatever happens to deals, and whatever HubSpot tells of it', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  it(
    'the book ends at what a naive computation from the final state of HubSpot says, and proves right',
    async () => {
      const walk = fc.asyncProperty(walks(deals, { min: 20, max: 50 }), async (steps) => {
        const introduced = await introduceAll();
        for (const step of steps) await take(step, introduced);
        service.hubspot.configure({ webhooks: { lostShare: 0, duplicateShare: 0 } });
        await service.settled();
        await service.sweep();
        await service.readAllDeals();
        expect(await earned(introduced)).toEqual(naively(introduced));
        expect(await proveBooks(service.db)).toMatchObject({ ok: true });
        expect(await allProblems()).toEqual([]);
      });
      await fc.assert(walk, { numRuns: runs, seed, endOnFailure: true });
      expect(await kindsBooked()).toEqual(['adjustment', 'clawback', 'commission', 'reversal']);
    },
    withinMs,
  );

  const introduceAll = async (): Promise<readonly Introduction[]> => {
    const introduced: Introduction[] = [];
    // One after the other, so that the order of submission is the order of the list.
    for (let count = 0; count < deals; count += 1) introduced.push(await program.introduce());
    return introduced;
  };

  const recordOf = ({ crmDealId }: Introduction) => service.hubspot.person.record('deals', crmDealId);

  const take = async (step: Step, introduced: readonly Introduction[]): Promise<void> => {
    // Histories tell moments apart by the millisecond.
    service.clock.advanceMs(1_000);
    const { person } = service.hubspot;
    const record = 'deal' in step ? recordOf(introduced[step.deal]!) : undefined;
    const change = (properties: Readonly<Record<string, string>>): void => {
      if (record !== undefined && !record.archived) person.updateRecord('deals', record.id, properties);
    };
    switch (step.kind) {
      case 'move': {
        change({ dealstage: step.stage });
        return;
      }
      case 'amount': {
        change({ amount: step.amount });
        return;
      }
      case 'currency': {
        change({ deal_currency_code: step.currency });
        return;
      }
      case 'rewin':
        change({ dealstage: 'contractsent' });
        service.clock.advanceMs(1_000);
        {
          change({ dealstage: 'closedwon', amount: step.amount });
          return;
        }
      case 'archive':
        if (record !== undefined) person.archiveRecord('deals', record.id);
        return;
      case 'restore':
        if (record !== undefined) person.restoreRecord('deals', record.id);
        return;
      case 'merge': {
        const other = recordOf(introduced[step.other]!);
        if (record === undefined || other === undefined || record.archived || other.archived) return;
        if (record.id !== other.id) person.mergeRecords('deals', record.id, other.id);
        return;
      }
      case 'pay':
        return pay(introduced[step.deal]!);
      case 'webhooks':
        service.hubspot.configure({ webhooks: { lostShare: step.lost, duplicateShare: step.twice, shuffle: true } });
        return;
      case 'sweep':
        return service.sweep();
      case 'read-all':
        return service.readAllDeals();
      case 'rest':
        return service.settled();
    }
  };

  /** Marks what is not paid of a partner's lines as paid elsewhere. */
  const pay = async ({ partner }: Introduction): Promise<void> => {
    await service.settled();
    const { items } = await service.operator.get<{ items: readonly { id: string; status: string }[] }>(
      `/api/v1/commissions?partnerId=${partner.id}&limit=200`,
    );
    const lines = items.filter((line) => line.status !== 'paid').map((line) => line.id);
    if (lines.length === 0) return;
    const paidOn = service.clock.now().toISOString().slice(0, 10);
    // What a partner owes cannot be paid out: such a payment is refused, and was not made.
    await service.operator.send('POST', '/api/v1/payouts/external', { lines, paidOn, reference: lines.at(-1) });
  };

  /** What each partner has by the book: `EUR` → minor units, nothing left out but zeroes. */
  const earned = (introduced: readonly Introduction[]) =>
    Promise.all(
      introduced.map(async ({ partner }) => {
        const { items } = await service.operator.get<{ items: readonly { amount: string; currency: string }[] }>(
          `/api/v1/commissions?partnerId=${partner.id}&limit=200`,
        );
        return total(items.map((line) => [line.currency, minorUnits(line.amount)]));
      }),
    );

  /** The first of those whose deals became one record is credited with it, if it is there and won. */
  const naively = (introduced: readonly Introduction[]) => {
    const records = introduced.map(recordOf);
    return records.map((record, index) => {
      const isFirst = records.findIndex((other) => other?.id === record?.id) === index;
      const isWon = record?.archived === false && record.properties['dealstage'] === 'closedwon';
      const { amount, deal_currency_code: currency } = record?.properties ?? {};
      return total(isFirst && isWon ? [[currency ?? '', tenPercent(amount, currency)]] : []);
    });
  };

  const kindsBooked = async () =>
    (await service.db.selectFrom('commission_lines').select('kind').distinct().orderBy('kind').execute()).map(
      (row) => row.kind,
    );

  const allProblems = async () => (await service.operator.get<{ items: readonly unknown[] }>('/api/v1/problems')).items;
});

function total(parts: readonly (readonly [string, bigint])[]): Readonly<Record<string, string>> {
  const sums = new Map<string, bigint>();
  for (const [currency, minor] of parts) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return Object.fromEntries(
    [...sums].filter(([, minor]) => minor !== 0n).map(([code, minor]) => [code, String(minor)]),
  );
}
