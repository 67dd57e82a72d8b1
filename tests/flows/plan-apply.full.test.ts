import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands.js';
import { partnerProgram, type Introduction, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Preview {
  readonly dealsChanged: number;
  readonly totals: readonly Readonly<Record<'currency' | 'difference', string>>[];
  readonly partners: readonly Readonly<Record<'partnerId' | 'currency' | 'difference', string>>[];
  readonly deals: readonly Readonly<Record<'dealId' | 'partnerId' | 'currency' | 'difference', string>>[];
}

const terms = (pay: object, more: object = {}) => ({
  plan: 'standard',
  effectiveFrom: '2026-01-01',
  rules: [{ id: 'new-business', pay }],
  ...more,
});
const tiers = (per: string, mode: string) => ({
  tiers: {
    of: 'amount',
    per,
    mode,
    bands: [
      { from: 0, percent: 5 },
      { from: 10_000, percent: 11.5 },
    ],
  },
});

/** Each is put on top of the one before. */
const drafts: readonly (readonly [string, object])[] = [
  ['a higher rate', terms({ percent: 12.5, of: 'amount' }, { corrects: 1 })],
  ['retroactive tiers by quarter', terms(tiers('quarter', 'retroactive'), { corrects: 2 })],
  ['marginal tiers by year', terms(tiers('year', 'marginal'), { corrects: 3 })],
  ['a floor and a cap', terms({ percent: 7, of: 'amount' }, { corrects: 4, rules: limited() })],
  ['a fixed sum for every deal', terms({ flat: '33.33 EUR' }, { corrects: 5 })],
];

function limited() {
  return [{ id: 'new-business', pay: { percent: 7, of: 'amount' }, floor: '50 EUR', cap: '600 EUR' }];
}

describe('a plan that is previewed and then applied', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let folder: string;
  let month: string;
  let introductions: readonly Introduction[];

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    folder = await mkdtemp(join(tmpdir(), 'applied-'));
    await service.operator.put('/api/v1/exchange-rates', { base: 'EUR', day: '2025-12-30', rates: { USD: '1.1' } });
    await service.operator.put('/api/v1/plans/standard', terms({ percent: 10, of: 'amount' }));
    const partners = [await program.addPartner(), await program.addPartner(), await program.addPartner()];
    const deals = [
      [0, '9000.00', 'EUR'],
      [0, '1234.56', 'EUR'],
      [0, '800.00', 'USD'],
      [1, '333.33', 'EUR'],
      [1, '10000.00', 'EUR'],
      [2, '', 'EUR'],
      [2, '0.04', 'EUR'],
      [2, '50000.00', 'EUR'],
    ] as const;
    const made: Introduction[] = [];
    for (const [who, amount, currency] of deals) {
      made.push(await program.introduce({ partner: partners[who]!, amount, currency }));
    }
    introductions = made;
    for (const { crmDealId } of introductions) service.hubspot.person.moveDeal(crmDealId, 'closedwon');
    await service.settled();
    // One is amended, one is reopened and won again: what is in the book is more than one line a deal.
    const [first, second] = introductions;
    service.hubspot.person.updateRecord('deals', first?.crmDealId ?? '', { amount: '9100.00' });
    service.hubspot.person.moveDeal(second?.crmDealId ?? '', 'qualifiedtobuy');
    await service.settled();
    service.hubspot.person.moveDeal(second?.crmDealId ?? '', 'closedwon');
    await service.settled();
    month = service.clock.now().toISOString().slice(0, 7);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await service.close();
  });

  const preview = (plan: object) =>
    service.operator.post<Preview>(`/api/v1/plans/standard/preview?period=${month}&deals=changed`, plan);
  const introducer = async (...argv: readonly string[]) => {
    const said = { stdout: '', stderr: '' };
    const output = {
      stdout: (text: string) => (said.stdout += text),
      stderr: (text: string) => (said.stderr += text),
    };
    const code = await runCommand({ argv, cwd: folder }, output, () => Promise.resolve(service.internals));
    return { code, ...said };
  };

  /** What each deal has in the book, in minor units, by partner and currency. */
  const book = async (): Promise<ReadonlyMap<string, number>> => {
    const sums = new Map<string, number>();
    for (const introduction of introductions) {
      for (const { dealId, partnerId, currency, amount } of await program.lines(introduction)) {
        const key = `${dealId} ${partnerId} ${currency}`;
        sums.set(key, (sums.get(key) ?? 0) + Math.round(Number(amount) * 100));
      }
    }
    return sums;
  };

  it.each(drafts)('books to the cent what the preview of %s said', async (_what, plan) => {
    const said = await preview(plan);
    const before = await book();
    await writeFile(join(folder, 'draft.json'), JSON.stringify(plan));
    const applied = await introducer(
      'plan',
      'apply',
      'draft.json',
      '--reason',
      'as agreed',
      '--yes',
      '--period',
      month,
    );
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(applied.stdout).toContain(
      `${String(said.dealsChanged)} of ${String(introductions.length)} deals would change.`,
    );
    expect(applied.stdout).toMatch(/^standard@\d is stored\.$/m);
    await service.settled();
    const after = await book();
    const booked = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
      const minor = (after.get(key) ?? 0) - (before.get(key) ?? 0);
      return minor === 0 ? [] : [`${key} ${(minor / 100).toFixed(2)}`];
    });
    const foretold = said.deals.map(({ dealId, partnerId, currency, difference }) =>
      [dealId, partnerId, currency, difference].join(' '),
    );
    expect(foretold.length).toBeGreaterThan(0);
    expect(booked.toSorted()).toEqual(foretold.toSorted());
    expect(await preview(plan)).toMatchObject({ dealsChanged: 0, deals: [] });
  });

  it('keeps who stored each version and why', async () => {
    const { items } = await service.operator.get<{ items: readonly object[] }>('/api/v1/plans/standard');
    expect(items[0]).toMatchObject({ author: 'ADMIN_API_KEY', reason: null });
    expect(items.at(-1)).toMatchObject({ author: 'command line', createdBy: 'system', reason: 'as agreed' });
  });
});
