import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Problem {
  readonly type: string;
  readonly detail: string;
}

describe('registering over HTTP', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterAll(() => service.close());

  it('tells an inactive partner that it is inactive, and lets it read what it registered before', async () => {
    const partner = await program.addPartner();
    const { id } = await program.register(partner);
    await service.operator.send('PATCH', `/api/v1/partners/${partner.id}`, { status: 'inactive' });
    const body = { ...program.newProspect(), deal: {}, attestation: true };
    const answer = await partner.api.send<Problem>('POST', '/api/v1/registrations', body);
    expect(answer).toMatchObject({ status: 403, body: { type: 'urn:introducer:problem:partner-inactive' } });
    expect(answer.body.detail).toContain('is inactive and can register nothing new');
    expect(await partner.api.get(`/api/v1/registrations/${id}`)).toMatchObject({ id });
  });

  it('tells whoever decides second who was first, and when, and tells partners neither', async () => {
    const partner = await program.addPartner();
    const { id } = await program.register(partner);
    const { key } = await service.operator.post<{ key: string }>('/api/v1/api-keys', { name: 'Rita of rev ops' });
    const reject = () =>
      service.as(key).send<Problem>('POST', `/api/v1/registrations/${id}/reject`, { reason: 'No.', code: 'other' });
    const answers = await Promise.all([reject(), reject()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409);
    expect(late?.body.detail).toMatch(/Rita of rev ops made it so at \d{4}-\d\d-\d\dT/);
    const own = await partner.api.send<Problem>('POST', `/api/v1/registrations/${id}/withdraw`, { reason: 'gone' });
    expect(own.status).toBe(409);
    expect(own.body.detail).not.toContain('Rita');
  });

  it('extends protection up to the end of the year 9999 and not beyond', async () => {
    const partner = await program.addPartner();
    const { id } = await program.register(partner);
    await program.approve(id);
    await service.db.updateTable('registrations').set({ protected_until: '9999-12-01' }).where('id', '=', id).execute();
    const extend = (days: number) =>
      service.operator.send<Problem>('POST', `/api/v1/registrations/${id}/extend`, { days });
    expect(await extend(30)).toMatchObject({ status: 422, body: { errors: [{ field: 'days', value: '30' }] } });
    expect(await extend(29)).toMatchObject({ status: 200, body: { protectedUntil: '9999-12-30' } });
    expect(await extend(1)).toMatchObject({ status: 422 });
  });
});
