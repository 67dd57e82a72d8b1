import { partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { newSession } from '../support/sign-in-as.js';

interface Mail {
  readonly topic: string;
  readonly subject: string;
  readonly text: string | null;
  readonly withheldAt: string | null;
}

describe('what partners hear after they registered', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;
  let cookie: string;

  beforeEach(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
    await service.operator.put('/api/v1/program', { publicName: 'Freight Partners', protectionDays: 20 });
    partner = await program.addPartner();
    cookie = await newSession(service, 'partner-owner', partner.id);
    await service.settled();
  });
  afterEach(() => service.close());

  const mails = async (): Promise<readonly Mail[]> => {
    const { items } = await service.operator.get<{ items: readonly Mail[] }>('/api/v1/mails?limit=200');
    return items.filter(({ topic }) => topic === 'decision').toReversed();
  };
  const subjects = async () => (await mails()).map(({ subject }) => subject.split(':')[0]);
  const decide = (id: string, verb: string, body: object) =>
    service.operator.post(`/api/v1/registrations/${id}/${verb}`, body);

  it('is each answer, without the words that stand behind the sign-in', async () => {
    const { id } = await program.register(partner);
    await decide(id, 'return', { reason: 'Which <b>site</b>?' });
    await partner.api.post(`/api/v1/registrations/${id}/resubmit`, { reason: 'The one in Rotterdam.' });
    await program.approve(id);
    const rejected = await program.register(partner);
    await decide(rejected.id, 'reject', { reason: 'No budget.', code: 'other' });
    expect(await subjects()).toEqual(['A question for you', 'Approved', 'Not accepted']);
    const [question, approved, refused] = await mails();
    expect(question?.text).not.toContain('site');
    expect(refused?.text).not.toContain('budget');
    expect(approved?.text).toContain(`/registrations/${id}`);
    expect(approved?.text).toMatch(/protected until \d+ \w+ \d{4}, that day included/);
  });

  it('is that a claim waits, and that it moved up when the one before it ended', async () => {
    const first = await program.addPartner();
    const prospect = program.newProspect();
    const before = await program.register(first, { prospect });
    const behind = await program.register(partner, { prospect });
    await program.approve(before.id);
    await program.approve(behind.id);
    await first.api.post(`/api/v1/registrations/${before.id}/withdraw`, { reason: 'They are gone.' });
    expect(await subjects()).toEqual(['Accepted, and waiting', 'Approved']);
  });

  it('is once, a week before, that protection ends, again after an extension, and that it ended', async () => {
    const { id } = await program.register(partner);
    await program.approve(id);
    await service.letDaysPass(12);
    expect(await subjects()).toEqual(['Approved']);
    await service.letDaysPass(2);
    expect(await subjects()).toEqual(['Approved', 'Protection ends soon']);
    await decide(id, 'extend', { days: 10 });
    await service.letDaysPass(8);
    expect(await subjects()).toEqual(['Approved', 'Protection ends soon', 'Protection extended']);
    await service.letDaysPass(2);
    expect((await subjects()).slice(3)).toEqual(['Protection ends soon']);
    await service.letDaysPass(8);
    expect((await subjects()).slice(4)).toEqual(['Protection has ended']);
  });

  it('is no reminder of a deal that is won already, nor of an extension that was asked for', async () => {
    const won = await program.introduce({ partner });
    service.hubspot.person.moveDeal(won.crmDealId, 'closedwon');
    const asked = await program.introduce({ partner });
    await partner.api.post(`/api/v1/registrations/${asked.registrationId}/extend`, {
      reason: 'They decide in spring.',
    });
    await service.settled();
    await service.letDaysPass(16);
    expect(await subjects()).toEqual(['Approved', 'Approved']);
  });

  it('is nothing for who chose so', async () => {
    await fetch(`${service.url}/api/v1/me/mail`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ off: ['decision'] }),
    });
    const { id } = await program.register(partner);
    await program.approve(id);
    expect(await mails()).toMatchObject([{ withheldAt: expect.any(String) as string, text: null }]);
  });
});
