import { startSweptSalesforce, type Registered, type SweptSalesforce } from '../support/swept-salesforce.js';

describe('what Salesforce refuses', () => {
  let road: SweptSalesforce;

  beforeAll(async () => {
    road = await startSweptSalesforce();
  });
  afterEach(() => {
    road.salesforce.clearFaults();
    road.salesforce.person.clearRules();
  });
  afterAll(() => road.service.close());

  /** Set aside with these words, made right, tried again: one Lead, and nothing is left to say. */
  const isMended = async (registered: Registered, words: string, mend: () => void): Promise<void> => {
    const [problem, ...others] = await road.problems(registered.registrationId);
    expect(others).toEqual([]);
    expect(problem?.detail).toContain(words);
    const { crm } = await road.program.registration(registered.registrationId);
    expect(crm).toMatchObject({ state: 'failed', problem: { detail: problem?.detail } });
    expect(ours(registered)).toEqual([]);
    await road.retry(registered.registrationId);
    expect(await road.problems(registered.registrationId)).toHaveLength(1);
    mend();
    await road.retry(registered.registrationId);
    expect(await road.problems(registered.registrationId)).toEqual([]);
    expect(ours(registered)).toHaveLength(1);
  };
  const ours = ({ registrationId }: Registered) =>
    road.salesforce.person
      .all('Lead')
      .filter(({ values }) => values['Introducer_Registration_Id__c'] === registrationId);

  it.each(['block', 'alert'] as const)(
    'a duplicate rule that would %s is heeded, and said in its words',
    async (action) => {
      const prospect = road.program.newProspect();
      const { person } = road.salesforce;
      person.create('Lead', { LastName: 'Known', Company: 'Known', Email: prospect.contact.email });
      person.addDuplicateRule({ entity: 'Lead', name: 'Same address', action, fields: ['Email'] });
      const registered = await road.introduce({ prospect });
      await isMended(registered, 'DUPLICATES_DETECTED', () => person.clearRules());
    },
  );

  it('a validation rule speaks for itself', async () => {
    const { person } = road.salesforce;
    person.addValidationRule({ entity: 'Lead', errorWhen: 'Phone = null', message: 'Phone, please.', field: 'Phone' });
    await isMended(await road.introduce(), 'Phone, please.', () => person.clearRules());
  });

  it('a required field is named', async () => {
    const { person } = road.salesforce;
    person.makeField('Lead.Region__c', { label: 'Region', type: 'Text', length: 40, required: true });
    await isMended(await road.introduce(), 'Region__c', () => person.removeField('Lead.Region__c'));
  });

  it('at the stamp of an opportunity keeps it from being shown, and not from being credited', async () => {
    const { person } = road.salesforce;
    const lead = await road.pushLead();
    const errorWhen = `Introducer_Registration_Id__c = '${lead.registrationId}'`;
    person.addValidationRule({ entity: 'Opportunity', errorWhen, message: 'No foreign ids.' });
    const converted = await road.convert(lead);
    const [problem] = await road.problems(lead.registrationId);
    expect(problem?.detail).toContain('No foreign ids.');
    road.win(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(lead)).toEqual(['commission 1200.00 USD']);
    person.clearRules();
    await road.retry(lead.registrationId);
    expect(await road.problems(lead.registrationId)).toEqual([]);
    expect(road.stampedWith(lead)).toEqual([converted.opportunityId]);
    expect(road.valuesOf(converted.opportunityId)).toMatchObject({ Introducer_Commission__c: 1_200 });
  });

  it('at the view of a won opportunity is a problem of that deal, whose commission stands', async () => {
    const { person } = road.salesforce;
    const converted = await road.convert(await road.pushLead());
    person.addValidationRule({
      entity: 'Opportunity',
      errorWhen: "Introducer_Status__c = 'won'",
      message: 'Closed opportunities are read-only.',
    });
    road.win(converted.opportunityId);
    await road.look();
    const { dealId } = await road.program.registration(converted.registrationId);
    const [problem] = await road.problems(dealId ?? '');
    expect(problem?.detail).toContain('Closed opportunities are read-only.');
    expect(await road.bookOf(converted)).toEqual(['commission 1200.00 USD']);
    person.clearRules();
    await road.retry(dealId ?? '');
    expect(await road.problems(dealId ?? '')).toEqual([]);
    expect(road.valuesOf(converted.opportunityId)).toMatchObject({
      Introducer_Status__c: 'won',
      Introducer_Commission__c: 1_200,
    });
  });
});
