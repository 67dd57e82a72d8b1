import { partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { linesWith, wholeDatabase } from '../support/whole-database.js';

describe('contact details that are kept only so long', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    partner = await program.addPartner();
  });
  afterAll(() => service.close());

  const appliedBefore = async () => {
    const { items } = await service.operator.get<{ items: readonly { details: object }[] }>(
      '/api/v1/audit?action=retention.apply',
    );
    return items.map(({ details }) => details);
  };

  it('go by themselves once their days are over, with the numbers in the audit log, and what stands stays', async () => {
    const turnedDown = program.newProspect();
    const standing = program.newProspect();
    const { id } = await partner.api.post<{ id: string }>('/api/v1/registrations', {
      ...turnedDown,
      deal: {},
      note: `Ask ${turnedDown.contact.firstName} ${turnedDown.contact.lastName}`,
      attestation: true,
    });
    await program.register(partner, { prospect: standing });
    await service.operator.post(`/api/v1/registrations/${id}/reject`, {
      reason: `${turnedDown.contact.lastName} said no`,
      code: 'other',
    });
    await service.letDaysPass(40);
    expect(await appliedBefore()).toEqual([]);

    const retention = {
      ...{ rejectedRegistrationsDays: 30, expiredRegistrationsDays: null, applicationsDays: null, mailsDays: 7 },
    };
    await service.operator.put('/api/v1/program', { retention });
    await service.letDaysPass(2);
    const { email, lastName } = turnedDown.contact;
    expect(linesWith(await wholeDatabase(service.db), [email, lastName])).toEqual([]);
    expect(await appliedBefore()).toMatchObject([{ rejectedRegistrations: 1, expiredRegistrations: 0 }]);
    expect((await program.registration(id)).status).toBe('rejected');
    expect(linesWith(await wholeDatabase(service.db), [standing.contact.email]).length).toBeGreaterThan(0);
    await service.letDaysPass(2);
    expect(await appliedBefore()).toHaveLength(1);
  });

  it('are kept for a number of days or for ever, and for nothing else', async () => {
    const retention = {
      rejectedRegistrationsDays: 0,
      expiredRegistrationsDays: null,
      applicationsDays: null,
      mailsDays: 7,
    };
    const answer = await service.operator.send('PUT', '/api/v1/program', { retention });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'retention.rejectedRegistrationsDays' }] } });
  });
});
