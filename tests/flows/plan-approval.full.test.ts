import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rights } from '../../src/access/rights.js';
import { runCommand } from '../../src/commands.js';
import type { ApiClient } from '../support/api-client.js';
import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const standard = {
  plan: 'standard',
  effectiveFrom: '2026-01-01',
  rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
};
const address = '/api/v1/plans/standard';

describe('a plan under two approvers', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let other: ApiClient;
  let clerk: ApiClient;
  let folder: string;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    folder = await mkdtemp(join(tmpdir(), 'approved-'));
    const keyWith = async (rights: readonly string[]) =>
      service.as((await service.operator.post<{ key: string }>('/api/v1/api-keys', { name: 'Paul', rights })).key);
    other = await keyWith(['plans:apply']);
    clerk = await keyWith([]);
    await service.operator.put('/api/v1/program', { planApproval: 'two' });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await service.close();
  });

  it('books nothing until another key, with the right to, approves it', async () => {
    const introduction = await program.introduce();
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
    expect(await clerk.send('PUT', address, standard)).toMatchObject({
      status: 403,
      body: { detail: 'This needs the right plans:apply, which you do not have.' },
    });

    const proposed = await service.operator.send<{ id: string }>('PUT', `${address}?reason=new%20terms`, standard);
    expect(proposed).toMatchObject({
      status: 202,
      body: { status: 'open', author: 'ADMIN_API_KEY', reason: 'new terms' },
    });
    await service.settled();
    expect(await program.book(introduction)).toEqual([]);
    expect(await clerk.get(`${address}/proposals?status=open`)).toMatchObject({ items: [{ id: proposed.body.id }] });
    expect(await service.operator.send('GET', address)).toMatchObject({ status: 404 });

    const approval = `${address}/proposals/${proposed.body.id}/approve`;
    expect(await clerk.send('POST', approval)).toMatchObject({ status: 403 });
    expect(await service.operator.send('POST', approval)).toMatchObject({
      status: 403,
      body: { type: 'urn:introducer:problem:own-proposal' },
    });
    expect(await other.post(approval, { reason: 'looks right' })).toMatchObject({
      status: 'approved',
      decisionReason: 'looks right',
    });
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
    expect(await service.operator.get(address)).toMatchObject({
      items: [{ version: 'standard@1', reason: 'new terms', author: 'ADMIN_API_KEY' }],
    });
  });

  it('goes when it is rejected, which takes a reason', async () => {
    const better = { ...standard, effectiveFrom: '2026-06-01' };
    const { body } = await other.send<{ id: string }>('PUT', address, better);
    const rejection = `${address}/proposals/${body.id}/reject`;
    expect(await service.operator.send('POST', rejection, {})).toMatchObject({ status: 422 });
    expect(await service.operator.post(rejection, { reason: 'not yet' })).toMatchObject({ status: 'rejected' });
    expect(await service.operator.send('POST', rejection, { reason: 'not yet' })).toMatchObject({ status: 409 });
    expect(await service.operator.get(`${address}/proposals?status=open`)).toMatchObject({ items: [] });
    expect(await service.operator.send('GET', '/api/v1/plans/gold/proposals')).toMatchObject({ status: 404 });
    const log = await service.operator.get<{ items: readonly { action: string }[] }>('/api/v1/audit?subjectType=plan');
    expect(log.items.map(({ action }) => action)).toEqual([
      'plan.reject',
      'plan.propose',
      'plan.approve',
      'plan.propose',
    ]);
  });

  it('is proposed at the command line too, which makes keys with rights', async () => {
    const introducer = async (...argv: readonly string[]) => {
      const said = { stdout: '', stderr: '' };
      const output = {
        stdout: (text: string) => (said.stdout += text),
        stderr: (text: string) => (said.stderr += text),
      };
      const code = await runCommand({ argv, cwd: folder }, output, () => Promise.resolve(service.internals));
      return { code, ...said };
    };
    await writeFile(join(folder, 'later.json'), JSON.stringify({ ...standard, effectiveFrom: '2026-07-01' }));
    const applied = await introducer('plan', 'apply', 'later.json', '--reason', 'from July on', '--yes');
    const id = /^Proposed as (ppr_\w+): it is not in force until another key approves it\.$/m.exec(applied.stdout)?.[1];
    const made = await introducer('operator-key', 'Petra', '--rights', 'plans:apply');
    const petra = service.as(made.stdout.trim());
    expect(await petra.post(`${address}/proposals/${String(id)}/approve`)).toMatchObject({ status: 'approved' });
    expect(await petra.send('POST', '/api/v1/api-keys')).toMatchObject({ status: 403 });
    const wrong = await introducer('operator-key', 'Petra', '--rights', 'plans:apply,all');
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain(`--rights has "all"; expected any of ${rights.join(', ')}, by commas.`);
  });
});
