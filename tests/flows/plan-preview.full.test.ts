import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands.js';
import { partnerProgram, type Introduction, type PartnerProgram } from '../support/partner-program.js';
import { rowCounts } from '../support/row-counts.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Preview {
  readonly totals: readonly Readonly<Record<'currency' | 'booked' | 'wouldBe' | 'difference', string>>[];
  readonly deals: readonly Readonly<Record<string, string>>[];
  readonly flags: readonly Readonly<Record<string, string>>[];
}

const terms = (rate: number, more: object = {}) => ({
  plan: 'standard',
  effectiveFrom: '2026-01-01',
  rules: [{ id: 'new-business', pay: { percent: rate, of: 'amount' } }],
  ...more,
});
const better = terms(12.5, { corrects: 1 });

describe('a plan that is previewed', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let folder: string;
  let introductions: readonly Introduction[];
  let month: string;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    folder = await mkdtemp(join(tmpdir(), 'previews-'));
    await service.operator.put('/api/v1/plans/standard', terms(10));
    const partner = await program.addPartner();
    introductions = [
      await program.introduce({ partner }),
      await program.introduce({ amount: '99.99', currency: 'USD' }),
      await program.introduce({ partner, amount: '' }),
    ];
    for (const { crmDealId } of introductions) service.hubspot.person.moveDeal(crmDealId, 'closedwon');
    await service.settled();
    month = service.clock.now().toISOString().slice(0, 7);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await service.close();
  });

  const preview = (plan: object, query: string) =>
    service.operator.send<Preview>('POST', `/api/v1/plans/standard/preview?${query}`, plan);

  it('shows deal by deal what storing it would book, and writes nothing', async () => {
    const [first, second, third] = introductions;
    const before = await rowCounts(service.db);
    const { status, body } = await preview(better, `period=${month}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 'standard@2',
      outcome: 'new',
      dealsCompared: 3,
      dealsChanged: 2,
      totals: [
        { currency: 'EUR', booked: '1200.00', wouldBe: '1500.00', difference: '300.00' },
        { currency: 'USD', booked: '10.00', wouldBe: '12.50', difference: '2.50' },
      ],
      flags: [{ dealId: third?.dealId, flag: 'amount-missing', sentence: 'The deal has no value for amount.' }],
    });
    expect(body.deals.map(({ dealId, crmDealId, difference }) => [dealId, crmDealId, difference])).toEqual([
      [first?.dealId, first?.crmDealId, '300.00'],
      [second?.dealId, second?.crmDealId, '2.50'],
    ]);
    expect(await rowCounts(service.db)).toEqual(before);
  });

  it('names every deal with a line when all are asked for, and none that was won on other days', async () => {
    expect((await preview(terms(10), `period=${month}`)).body.deals).toEqual([]);
    const all = await preview(terms(10), `period=${month}&deals=all`);
    expect(all.body.deals.map(({ difference }) => difference)).toEqual(['0.00', '0.00']);
    expect((await preview(better, 'from=2020-01-01&to=2020-12-31')).body).toMatchObject({
      dealsCompared: 0,
      totals: [],
    });
  });

  it.each([
    ['period=2026-13', 'period: Not a calendar month.'],
    ['from=2026-01-01', 'from must be given together with the other one, and without `period`.'],
    [
      'period=2026-01&from=2026-01-01&to=2026-01-02',
      'from must be given together with the other one, and without `period`.',
    ],
    ['from=2026-01-02&to=2026-01-01', 'to must be a day not before 2026-01-02.'],
    ['deals=some', 'deals must be one of changed, all.'],
  ])('refuses %s in words', async (query, detail) => {
    expect(await preview(better, query)).toMatchObject({ status: 400, body: { detail } });
  });

  it('is for operators, and refused where storing it would be', async () => {
    const overlapping = await preview(terms(11), `period=${month}`);
    expect(overlapping).toMatchObject({ status: 422, body: { errors: [{ field: 'effectiveFrom' }] } });
    const partner = introductions[0]?.partner.api;
    expect(await partner?.send('POST', '/api/v1/plans/standard/preview', better)).toMatchObject({ status: 403 });
  });

  const introducer = async (...argv: readonly string[]) => {
    const said = { stdout: '', stderr: '' };
    const output = {
      stdout: (text: string) => (said.stdout += text),
      stderr: (text: string) => (said.stderr += text),
    };
    const code = await runCommand({ argv, cwd: folder }, output, () => Promise.resolve(service.internals));
    return { code, ...said };
  };

  it('is shown at the command line, as tables for people and as JSON for programs', async () => {
    await writeFile(join(folder, 'better.json'), JSON.stringify(better));
    const table = await introducer('plan', 'preview', 'better.json', '--period', month);
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(table.stdout).toContain('2 of 3 deals would change.');
    expect(table.stdout).toMatch(/^ {2}EUR +1200\.00 +1500\.00 +300\.00$/m);
    const json = await introducer('plan', 'preview', 'better.json', '--period', month, '--format', 'json');
    expect(JSON.parse(json.stdout)).toEqual((await preview(better, `period=${month}`)).body);
    const elsewhere = await introducer('plan', 'preview', 'better.json');
    expect(elsewhere.stdout).toContain('0 of 0 deals would change.');
  });

  it('is not shown when the command line names a wrong month, format or plan', async () => {
    await writeFile(join(folder, 'better.json'), JSON.stringify(better));
    await writeFile(join(folder, 'bad.yaml'), 'plan: standard\n');
    const attempts = [
      await introducer('plan', 'preview', 'better.json', '--period', '2026-13'),
      await introducer('plan', 'preview', 'better.json', '--format', 'xml'),
      await introducer('plan', 'preview', 'bad.yaml'),
    ];
    expect(attempts.map(({ code, stdout }) => `${String(code)} ${stdout}`)).toEqual(['1 ', '1 ', '1 ']);
    expect(attempts.map(({ stderr }) => stderr).join('')).toMatch(
      /--period is "2026-13"; expected a month[^]*--format is "xml"[^]*bad\.yaml: .*effectiveFrom is missing/,
    );
  });

  it('is stored with its reason, after it was shown, only where somebody was asked or it is told not to ask', async () => {
    await writeFile(join(folder, 'better.json'), JSON.stringify(better));
    const apply = (...more: readonly string[]) =>
      introducer('plan', 'apply', 'better.json', '--period', month, ...more);
    const before = await rowCounts(service.db);
    expect(await apply('--reason', 'agreed')).toMatchObject({ code: 1, stdout: '' });
    expect(await apply('--yes')).toMatchObject({ code: 2, stdout: '' });
    expect(await apply('--yes', '--reason', ' ')).toMatchObject({ code: 1, stdout: '' });
    expect((await apply('--reason', 'agreed', '--step', 'show')).stdout).toContain('2 of 3 deals would change.');
    expect(await rowCounts(service.db)).toEqual(before);

    const stored = await apply('--reason', 'agreed in June', '--yes');
    expect(stored.stdout).toMatch(/2 of 3 deals would change\.[^]*standard@2 is stored\./);
    await service.settled();
    expect(await program.book(introductions[0] ?? { dealId: '' })).toEqual([
      'commission 1200.00 EUR',
      'adjustment 300.00 EUR',
    ]);
    const again = await apply('--reason', 'agreed in June', '--yes');
    expect(again.stdout).toMatch(/holds already[^]*0 of 3 deals would change\.[^]*standard@2 holds already/);
    const { items } = await service.operator.get<{ items: readonly object[] }>('/api/v1/plans/standard');
    expect(items.at(-1)).toMatchObject({ version: 'standard@2', author: 'command line', reason: 'agreed in June' });
  });

  it('is stored over the API with the name of the key and the reason', async () => {
    const address = '/api/v1/plans/standard?reason=Agreed%20with%20M%C3%BCller';
    const corrected = terms(12.6, { corrects: 2 });
    expect(await service.operator.put(address, corrected)).toMatchObject({
      version: 'standard@3',
      author: 'ADMIN_API_KEY',
      reason: 'Agreed with Müller',
    });
    expect(await service.operator.send('PUT', '/api/v1/plans/standard?reason=', corrected)).toMatchObject({
      status: 400,
    });
  });
});
