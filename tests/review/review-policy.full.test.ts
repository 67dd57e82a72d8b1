import { insertPerson } from '../../src/access/person.store.js';
import type { OperatorRole } from '../../src/access/rights.js';
import { newId } from '../../src/platform/ids.js';
import { remindWork } from '../../src/review/remind.handler.js';
import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

interface Reviewed {
  readonly status: string;
  readonly reason: string | null;
  readonly review: { readonly approvals: readonly { readonly name: string; readonly approver: string }[] };
}

describe('how a program answers registrations', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({});
    program = partnerProgram(service);
  });
  afterAll(() => service.close());

  const set = (change: object) => service.operator.put('/api/v1/program', change);
  const read = (id: string) => service.operator.get<Reviewed>(`/api/v1/registrations/${id}`);
  const register = async (terms: { readonly amount?: string; readonly currency?: string } = {}) => {
    const { id } = await program.register(await program.addPartner(), terms);
    await service.settled();
    return id;
  };
  const colleague = async (role: OperatorRole, name: string) => {
    const [id, now] = [newId('per'), new Date()];
    const email = `${id}@vendor.com`;
    await service.internals.composition.transact((uow) =>
      insertPerson(uow.trx, {
        ...{ id, name, email, email_verified: true, image: null, kind: 'operator' },
        ...{ role, partner_id: null, created_at: now, updated_at: now, ended_at: null },
      }),
    );
    const cookie = await signInAs(service, { id, email, isPartner: false });
    const approve = async (registrationId: string, body: object = {}) => {
      const path = `/api/v1/registrations/${registrationId}/approve`;
      const headers = { cookie, 'content-type': 'application/json' };
      const answer = await fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      const { status, code, type, detail } = (await answer.json()) as Record<string, string>;
      return answer.ok ? status : `${String(answer.status)} ${code ?? type ?? ''} ${detail ?? ''}`;
    };
    return { approve };
  };

  it('is by a rule, where nothing conflicts and the rule fits, and by a person otherwise', async () => {
    await set({ approvalRules: [{ amountUpTo: { amount: '20000', currency: 'EUR' } }] });
    const [small, large, silent] = [
      await register({ amount: '20000.00', currency: 'EUR' }),
      await register({ amount: '20000.01', currency: 'EUR' }),
      await register(),
    ];
    expect(await read(small)).toMatchObject({ status: 'approved', reason: 'Nothing conflicts.' });
    for (const id of [large, silent]) expect((await read(id)).status).toBe('in_review');
    await set({ approvalRules: [{}] });
    const prospect = program.newProspect();
    const first = await program.register(await program.addPartner(), { prospect });
    await service.settled();
    const second = await program.register(await program.addPartner(), { prospect });
    await service.settled();
    expect((await read(first.id)).status).toBe('approved');
    expect((await read(second.id)).status).toBe('in_review');
    await set({ approvalRules: [] });
  });

  it('is in steps, each by another person of the step’s role', async () => {
    const [cleo, rita, adam] = [
      await colleague('channel-manager', 'Cleo'),
      await colleague('rev-ops', 'Rita'),
      await colleague('admin', 'Adam'),
    ];
    await set({
      approvalRules: [{}],
      approvalChain: [
        { name: 'Channel', role: 'channel-manager' },
        { name: 'Finance', role: 'rev-ops', amountFrom: { amount: '100000', currency: 'EUR' } },
      ],
    });
    const id = await register({ amount: '150000', currency: 'EUR' });
    // A chain is for people: no rule gets past it.
    expect((await read(id)).status).toBe('in_review');
    expect(await rita.approve(id)).toMatch(/403 .*Channel/);
    expect(await cleo.approve(id)).toBe('in_review');
    expect(await cleo.approve(id)).toMatch(/403 .*Finance/);
    expect((await read(id)).review).toMatchObject({
      approvals: [{ name: 'Channel', approver: 'Cleo' }],
      next: { step: 2, name: 'Finance', role: 'rev-ops' },
    });
    // Two who saw the first step open: the second is told who was faster.
    expect(await adam.approve(id, { step: 1 })).toMatch(/409 .*Cleo/);
    expect(await rita.approve(id, { step: 2 })).toBe('approved');

    const small = await register({ amount: '5000', currency: 'EUR' });
    expect(await adam.approve(small)).toBe('approved');
    const alone = await register({ amount: '100000', currency: 'EUR' });
    expect(await adam.approve(alone)).toBe('in_review');
    expect(await adam.approve(alone)).toMatch(/409 .*somebody else/);
    await set({ approvalRules: [], approvalChain: [] });
  });

  it('leaves to a person what a person had a question about', async () => {
    await set({ approvalRules: [{ amountUpTo: { amount: '20000', currency: 'EUR' } }] });
    const id = await register({ amount: '150000', currency: 'EUR' });
    await service.operator.post(`/api/v1/registrations/${id}/return`, { reason: 'So much?' });
    const deal = { amount: '19000', currency: 'EUR' };
    await service.operator.post(`/api/v1/registrations/${id}/resubmit`, { reason: 'A typing error', deal });
    await service.settled();
    expect((await read(id)).status).toBe('in_review');
    await set({ approvalRules: [] });
  });

  it('begins the steps anew when the partner has answered a question', async () => {
    const cleo = await colleague('channel-manager', 'Cleo');
    await set({
      approvalChain: [
        { name: 'Channel', role: 'channel-manager' },
        { name: 'Finance', role: 'rev-ops' },
      ],
    });
    const id = await register();
    expect(await cleo.approve(id)).toBe('in_review');
    await service.operator.post(`/api/v1/registrations/${id}/return`, { reason: 'Which product?' });
    service.clock.advanceMs(60_000);
    await service.operator.post(`/api/v1/registrations/${id}/resubmit`, { reason: 'The big one' });
    await service.settled();
    expect((await read(id)).review.approvals).toEqual([]);
    await set({ approvalChain: [] });
  });

  it('reminds by mail of what waits, once a rung, and names no company', async () => {
    await colleague('channel-manager', 'Dora');
    const mails = async () => {
      const { items } = await service.operator.get<{ items: readonly { readonly topic: string }[] }>('/api/v1/mails');
      return items.filter(({ topic }) => topic === 'review-reminder');
    };
    const remindAgain = async () => {
      await service.internals.composition.transact((uow) => uow.enqueue([{ kind: remindWork, key: 'all' }]));
      await service.settled();
    };
    // What the stories before this one left waiting is told, too, and done with.
    await service.letDaysPass(14);
    const before = (await mails()).length;
    expect(before).toBeGreaterThan(0);
    await remindAgain();
    expect((await mails()).length).toBe(before);

    const prospect = program.newProspect();
    const { id } = await program.register(await program.addPartner(), { prospect });
    await service.settled();
    await remindAgain();
    expect((await mails()).length).toBe(before);
    await service.letDaysPass(14);
    const told = await mails();
    expect(told.length).toBeGreaterThan(before);
    expect(JSON.stringify(told)).not.toContain(prospect.company.name);
    await program.approve(id);
    await service.letDaysPass(14);
    expect((await mails()).length).toBe(told.length);
  });
});
