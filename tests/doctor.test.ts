import type { SalesforceSimulator } from '../connectors/salesforce/simulator/start.js';
import { runCommand } from '../src/commands.js';
import { partnerProgram, type PartnerProgram } from './support/partner-program.js';
import { startRunningService, type RunningService } from './support/running-service.js';

interface Connection {
  readonly id: string;
  readonly accountId: string | null;
  readonly findings: readonly { readonly level: string; readonly found: string; readonly costs: string | null }[];
}

const partnerField = 'Introducer_Partner__c';

describe('an organisation that lacks something', () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({ salesforce: {}, environment: { SWEEP_INTERVAL_SECONDS: '600' } });
    salesforce = service.salesforce!;
    program = partnerProgram(service);
    await program.writeStandardPlan();
    await service.operator.put('/api/v1/program', { crmRoutes: [{ connection: 'salesforce' }] });
    await service.settled();
  });
  afterAll(() => service.close());

  const doctor = async (): Promise<{ readonly exitCode: number; readonly said: string }> => {
    const lines: string[] = [];
    const write = (text: string): void => void lines.push(text);
    const line = { argv: ['doctor'], cwd: process.cwd() };
    const exitCode = await runCommand(line, { stdout: write, stderr: write }, () => Promise.resolve(service.internals));
    return { exitCode, said: lines.join('') };
  };
  const problems = async () => {
    const { items } = await service.operator.get<{
      items: readonly { readonly id: string; readonly work: string; readonly title: string; readonly detail: string }[];
    }>('/api/v1/problems');
    return items;
  };
  const connection = async () => {
    const { items } = await service.operator.get<{ items: readonly Connection[] }>('/api/v1/connections');
    return items.find(({ id }) => id === 'salesforce');
  };
  const lookAgain = async (): Promise<void> => {
    await service.internals.composition.transact((uow) => uow.enqueue([{ kind: 'examine', key: 'salesforce' }]));
    await service.settled();
  };
  const wonDeal = async () => {
    const prospect = program.newProspect();
    const terms = { prospect, amount: '12000.00', currency: 'USD' };
    const { id: registrationId } = await program.register(await program.addPartner(), terms);
    await program.approve(registrationId);
    await service.settled();
    const lead = salesforce.person.all('Lead').find(({ values }) => values['Email'] === prospect.contact.email);
    const { opportunityId } = salesforce.person.convertLead({ leadId: lead?.id ?? '' });
    await service.sweep('salesforce');
    service.clock.advanceMs(1_000);
    salesforce.person.update(opportunityId ?? '', { StageName: 'Closed Won', Amount: 12_000 });
    await service.sweep('salesforce');
    const { dealId } = await program.registration(registrationId);
    return { opportunityId: opportunityId ?? '', dealId };
  };

  it('is examined when it is connected: nothing is wrong, and what could be better stands beside the connection', async () => {
    // Before anybody asked.
    expect(await connection()).toMatchObject({
      accountId: salesforce.org.id,
      findings: [{ level: 'limit', found: 'nobody but our user has the permission set "Introducer"' }],
    });
    const { exitCode, said } = await doctor();
    expect(exitCode).toBe(0);
    expect(said).toMatch(/^ok {5}Salesforce answers and lists its stages$/m);
    expect(said).toMatch(/^ok {5}Salesforce: Simulated Org \(00D\w+\) is a production organisation/m);
    expect(said).toMatch(
      /^note {3}Salesforce: nobody but our user has the permission set "Introducer": .* To do: assign/m,
    );
    expect(await problems()).toEqual([]);
  });

  it('credits and shows the rest while a field is gone: one problem says what is missing and what it costs, until it is back', async () => {
    salesforce.person.removeField(`Opportunity.${partnerField}`);
    salesforce.person.removeField(`Lead.${partnerField}`);
    const [first, second] = [await wonDeal(), await wonDeal()];
    for (const { opportunityId, dealId } of [first, second]) {
      expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 1200.00 USD']);
      expect(salesforce.person.read(opportunityId)?.values).toMatchObject({
        Introducer_Status__c: 'won',
        Introducer_Commission__c: 1200,
      });
    }
    expect((await problems()).map(({ work, title }) => [work, title])).toEqual([
      ['show-view', 'The rep does not see everything in the CRM'],
    ]);
    await lookAgain();
    const setup = (await problems()).find(({ work }) => work === 'crm-setup');
    expect(setup?.detail).toContain(`Opportunity lacks ${partnerField}: the rep does not see who introduced the deal`);
    const { exitCode, said } = await doctor();
    expect(exitCode).toBe(1);
    expect(said).toMatch(
      /^FAULT {2}Salesforce: Lead lacks Introducer_Partner__c: .* To do: run "introducer provision"/m,
    );

    await service.internals.composition.provision('salesforce');
    await service.settled();
    await service.letDaysPass(1);
    expect(await problems()).toEqual([]);
    expect(salesforce.person.read(first.opportunityId)?.values[partnerField]).toMatch(/^Partner/);
  });

  it('is told from another one: deals that are linked are not in that', async () => {
    await service.db
      .updateTable('connections')
      .set({ account_id: '00D000000000001AAA' })
      .where('id', '=', 'salesforce')
      .execute();
    const { exitCode, said } = await doctor();
    expect(exitCode).toBe(1);
    expect(said).toContain(
      `we are signed in to account ${salesforce.org.id}, and what was linked so far is in account 00D000000000001AAA`,
    );
  });
});
