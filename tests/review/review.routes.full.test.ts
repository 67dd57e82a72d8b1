import { sql } from 'kysely';
import { insertPerson } from '../../src/access/person.store.js';
import { newId } from '../../src/platform/ids.js';
import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Queued {
  readonly id: string;
  readonly status: string;
  readonly decideBy: string | null;
  readonly review: {
    readonly since: string | null;
    readonly assignee: { readonly id: string; readonly name: string } | null;
    readonly recommendation: { readonly action: string } | null;
    readonly duplicateOf: string | null;
  };
}

describe('the review queue', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({});
    program = partnerProgram(service);
  });
  afterAll(() => service.close());

  const queue = async (query = '') =>
    (await service.operator.get<{ items: readonly Queued[] }>(`/api/v1/reviews${query}`)).items;
  const idsIn = async (query = '') => (await queue(query)).map(({ id }) => id);
  const register = async () => {
    const { id } = await program.register(await program.addPartner());
    await service.settled();
    service.clock.advanceMs(60_000);
    return id;
  };
  const colleague = async () => {
    const [id, now] = [newId('per'), new Date()];
    await service.internals.composition.transact((uow) =>
      insertPerson(uow.trx, {
        ...{ id, name: 'Cleo', email: `${id}@vendor.com`, email_verified: true, image: null, kind: 'operator' },
        ...{ role: 'channel-manager', partner_id: null, created_at: now, updated_at: now, ended_at: null },
      }),
    );
    return id;
  };

  it('holds what waits for an answer, what is due first, and what an answer takes out of it', async () => {
    const [first, second] = [await register(), await register()];
    expect(await idsIn()).toEqual([first, second]);
    expect((await queue())[0]).toMatchObject({
      status: 'in_review',
      decideBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      review: { assignee: null, recommendation: { action: 'approve', because: [] } },
    });
    await service.operator.post(`/api/v1/registrations/${first}/return`, { reason: 'Which product?' });
    const asked = service.clock.now().getTime();
    expect(await idsIn()).toEqual([second]);
    await program.approve(second);
    expect(await idsIn()).toEqual([]);
    service.clock.advanceMs(60_000);
    await service.operator.post(`/api/v1/registrations/${first}/resubmit`, { reason: 'The big one' });
    const [again] = await queue();
    expect(again?.id).toBe(first);
    // The clock begins anew with the partner's answer.
    expect(Date.parse(again?.review.since ?? '')).toBeGreaterThan(asked);
    await service.settled();
    await program.approve(first);
  });

  it('holds an approved registration whose partner asks for an extension, until that is answered', async () => {
    const id = await register();
    await program.approve(id);
    await sql`update registrations set extension_requested_at = now(), updated_at = now() where id = ${id}`.execute(
      service.db,
    );
    expect(await queue()).toMatchObject([{ id, status: 'approved', review: { recommendation: null } }]);
    await service.operator.post(`/api/v1/registrations/${id}/extend`, { days: 30 });
    expect(await idsIn()).toEqual([]);
  });

  it('shows whose a registration is, and refuses that two take it', async () => {
    const [mine, open, cleo] = [await register(), await register(), await colleague()];
    await service.operator.post(`/api/v1/registrations/${mine}/assign`, {});
    expect(await idsIn('?assignee=me')).toEqual([mine]);
    expect(await idsIn('?assignee=nobody')).toEqual([open]);
    await service.operator.post(`/api/v1/registrations/${mine}/assign`, { to: cleo });
    expect(await idsIn(`?assignee=${cleo}`)).toEqual([mine]);
    const refused = await service.operator.send('POST', `/api/v1/registrations/${mine}/assign`, {});
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Cleo') as string } });
    await service.operator.post(`/api/v1/registrations/${mine}/assign`, { insteadOf: cleo });
    await service.operator.post(`/api/v1/registrations/${mine}/assign`, { to: 'nobody' });
    expect(await idsIn('?assignee=nobody')).toEqual([mine, open]);
    for (const id of [mine, open]) await program.approve(id);
  });

  it('refuses to give one to somebody who does not decide', async () => {
    const id = await register();
    const refused = await service.operator.send('POST', `/api/v1/registrations/${id}/assign`, { to: 'per_nobody' });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'to', value: 'per_nobody' }] } });
    await program.approve(id);
  });

  it('is aged by owner', async () => {
    const id = await register();
    await service.letDaysPass(10);
    const { items } = await service.operator.get<{ items: readonly object[] }>('/api/v1/reviews/ageing');
    expect(items).toMatchObject([{ assignee: null, waiting: 1, inTime: 0 }]);
    await program.approve(id);
  });

  it('lets a registration be rejected as the duplicate of another one, which the partner does not see', async () => {
    const [original, copy] = [await register(), await register()];
    const wrong = { reason: 'We have it', duplicateOf: copy };
    expect(await service.operator.send('POST', `/api/v1/registrations/${copy}/reject`, wrong)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'duplicateOf', value: copy }] },
    });
    await service.operator.post(`/api/v1/registrations/${copy}/reject`, {
      reason: 'We have it',
      duplicateOf: original,
    });
    expect(await service.operator.get(`/api/v1/registrations/${copy}`)).toMatchObject({
      status: 'rejected',
      code: 'duplicate',
      review: { duplicateOf: original },
    });
    await program.approve(original);
  });
});
