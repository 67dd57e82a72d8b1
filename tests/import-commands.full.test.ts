import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../src/commands.js';
import { partnerProgram, type Introduction } from './support/partner-program.js';
import { startRunningService, type RunningService } from './support/running-service.js';

describe('facts that come in files', () => {
  let service: RunningService;
  let folder: string;
  let introduction: Introduction;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'facts-'));
    service = await startRunningService();
    introduction = await partnerProgram(service).introduce();
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  /** What the command says of a file with these lines, and its exit code. */
  const importFile = async (of: string, ...lines: readonly string[]) => {
    const said: string[] = [];
    const output = { stdout: (text: string) => said.push(text), stderr: (text: string) => said.push(text) };
    await writeFile(join(folder, 'facts.csv'), lines.join('\n'));
    const { foundations, composition } = service.internals;
    const line = { argv: [of, 'import', 'facts.csv'], cwd: folder };
    const exitCode = await runCommand(line, output, () => Promise.resolve({ foundations, composition }));
    return [exitCode, said.join('').trim()];
  };

  it('are payments, each once', async () => {
    const header = 'externalId,dealId,registrationId,kind,amount,currency,receivedOn,service_from,service_to,refundOf';
    const paid = `INV-1,${introduction.dealId},,payment,1200.00,EUR,2026-03-01,2026-03-01,2026-03-31,`;
    const refund = `R-1,,${introduction.registrationId},refund,200.00,EUR,2026-03-02,,,INV-1`;
    expect(await importFile('payments', header, refund, paid)).toEqual([0, '2 of 2 payments are new.']);
    expect(await importFile('payments', header, paid, refund)).toEqual([0, '0 of 2 payments are new.']);
    expect(await importFile('payments', header, paid.replace('INV-1', 'INV-2'), paid.replace('1200', '12,00'))).toEqual(
      [1, 'facts.csv, line 3: It has 11 cells; expected 10, one for each column.'],
    );
    expect(await importFile('payments', header, paid.replace('INV-1', 'INV-2'), paid.replace('1200', '1300'))).toEqual([
      1,
      'Nothing was recorded: line 3: amount is "1300.00"; expected 1200.00, as recorded under INV-1.',
    ]);
    const { items } = await service.operator.get<{ items: readonly { externalId: string; refundOf: string | null }[] }>(
      `/api/v1/payments?dealId=${introduction.dealId}`,
    );
    expect(items.map(({ externalId, refundOf }) => [externalId, refundOf])).toEqual([
      ['R-1', 'INV-1'],
      ['INV-1', null],
    ]);
  });

  it('are figures about partners', async () => {
    const header = 'partnerId,name,period,value';
    const score = `${introduction.partner.id},score,2026-03,12.5`;
    expect(await importFile('metrics', header, score)).toEqual([0, '1 of 1 metrics are new.']);
    expect(await importFile('metrics', header, score, 'par_unknown,score,2026,1')).toEqual([
      1,
      'Nothing was recorded: line 3: partnerId is "par_unknown"; expected the id of a partner.',
    ]);
  });

  it('are what the CRM does not know of deals', async () => {
    const { dealId } = introduction;
    expect(await importFile('deals', 'dealId,cost', `${dealId},400.00`)).toEqual([0, 'Something is new of 1 deals.']);
    expect(await importFile('deals', 'dealId,churnedOn', `${dealId},soon`)).toEqual([
      1,
      'facts.csv, line 2: churnedOn is "soon"; expected a day, YYYY-MM-DD.',
    ]);
    expect(await importFile('deals', 'dealId,cost', 'deal_unknown,1')).toEqual([
      1,
      'Nothing was recorded: line 2: dealId is "deal_unknown"; expected the id of a deal that Introducer knows.',
    ]);
    expect(await service.operator.get(`/api/v1/deals/${dealId}/supplement`)).toEqual({
      dealId,
      churnedOn: null,
      fields: { cost: '400.00' },
    });
    await service.settled();
  });
});
