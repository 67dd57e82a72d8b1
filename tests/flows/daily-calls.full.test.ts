import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface ProblemView {
  readonly title: string;
  readonly detail: string;
  readonly subject: { readonly type: string; readonly id: string };
}

const perDay = 2_000;
const reserve = 500;
const mostUnderWay = 8;

describe("an organisation whose other tools use the day's calls up", () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({
      salesforce: { settings: { limits: { perDay } } },
      environment: { SALESFORCE_RESERVED_CALLS_PERCENT: '25' },
    });
    salesforce = service.salesforce!;
    program = partnerProgram(service);
    await program.writeStandardPlan();
    await service.operator.put('/api/v1/program', { crmRoutes: [{ connection: 'salesforce' }] });
    await service.settled();
  });
  afterAll(() => service.close());

  const approveOne = async (): Promise<{ readonly registrationId: string; readonly email: string }> => {
    const prospect = program.newProspect();
    const terms = { prospect, amount: '12000.00', currency: 'USD' };
    const { id: registrationId } = await program.register(await program.addPartner(), terms);
    await program.approve(registrationId);
    await service.settled();
    return { registrationId, email: prospect.contact.email };
  };
  const leadsOf = (email: string) => salesforce.person.all('Lead').filter((lead) => lead.values['Email'] === email);
  const openProblems = async () =>
    (await service.operator.get<{ items: readonly ProblemView[] }>('/api/v1/problems')).items;
  const bookOf = async (registrationId: string) => {
    const { dealId } = await program.registration(registrationId);
    return dealId === null ? null : program.book({ dealId });
  };

  it('keeps its reserve: what is to be done waits, one problem says so, and all of it is done when calls are free', async () => {
    const first = await approveOne();
    const [lead] = leadsOf(first.email);
    const { opportunityId } = salesforce.person.convertLead({ leadId: lead?.id ?? '' });
    await service.sweep('salesforce');
    // The second is checked and approved before the calls are gone, and not pushed yet.
    const prospect = program.newProspect();
    const { id } = await program.register(await program.addPartner(), { prospect, amount: '5000.00', currency: 'USD' });

    salesforce.usage.add(perDay - reserve - salesforce.usage.used());
    await service.sweep('salesforce');
    service.clock.advanceMs(1_000);
    salesforce.person.update(opportunityId ?? '', { StageName: 'Closed Won', Amount: 12_000 });
    await program.approve(id);
    await service.settled();
    await service.sweep('salesforce');

    // What others used is learnt from an answer, and a few calls may be under way by then.
    expect(salesforce.usage.used()).toBeLessThanOrEqual(perDay - reserve + mostUnderWay);
    expect(leadsOf(prospect.contact.email)).toHaveLength(0);
    expect(await bookOf(first.registrationId)).toEqual([]);
    const [problem, ...others] = await openProblems();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      title: "The CRM's calls of the day are used up",
      subject: { type: 'connection', id: 'salesforce' },
    });
    expect(problem?.detail).toMatch(
      /150\d of the organisation's 2000 API calls in 24 hours are used; 500 are left to its other/,
    );
    expect(problem?.detail).toContain('nothing is lost');

    await service.letDaysPass(1);
    await service.sweep('salesforce');
    expect(leadsOf(prospect.contact.email)).toHaveLength(1);
    expect(await bookOf(first.registrationId)).toEqual(['commission 1200.00 USD']);
    expect(await openProblems()).toEqual([]);
  });
});
