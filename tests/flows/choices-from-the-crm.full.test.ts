import { doctor } from '../../src/doctor.js';
import { eachDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { partnerProgram, type PartnerProgram, type ProblemView, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const place = { connection: 'hubspot', record: 'company', field: 'industry' };
const industry = {
  name: 'industry',
  type: 'choice',
  label: 'Industry',
  required: true,
  choicesFrom: place,
  crm: [place],
};

interface Form {
  readonly fields: readonly { readonly name: string; readonly choices: readonly { readonly value: string }[] }[];
}

eachDatabase('choices of the form that come from the CRM', (open) => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;

  beforeAll(async () => {
    service = await startRunningService({ open, salesforce: {} });
    program = partnerProgram(service);
    partner = await program.addPartner();
  });
  afterAll(() => service.close());
  afterEach(() => service.hubspot.clearFaults());

  const ask = async (...formFields: object[]) => {
    await service.operator.put('/api/v1/program', { formFields });
    await service.settled();
  };
  const readAgain = async () => {
    await service.operator.send('POST', '/api/v1/connections/hubspot/read-choices');
    await service.settled();
  };
  const form = () => partner.api.get<Form>('/api/v1/form');
  const offered = async (name = 'industry') =>
    (await form()).fields.find((field) => field.name === name)?.choices.map(({ value }) => value);
  const page = async (url: string) => (await fetch(url)).text();
  const send = (fields: object) =>
    partner.api.send<{ id: string }>('POST', '/api/v1/registrations', {
      ...program.newProspect(),
      attestation: true,
      fields,
    });
  const shown = (id: string) =>
    service.operator.get<{ fields: { value: unknown; text: string }[]; crm: { companyId: string } }>(
      `/api/v1/registrations/${id}`,
    );
  const problems = async () =>
    (await service.operator.get<{ items: readonly ProblemView[] }>('/api/v1/problems')).items.filter(
      ({ work }) => work === 'form-choices',
    );

  it('are not asked while the CRM has never told them, which the operator is told, and the form works', async () => {
    service.hubspot.addFault({ kind: 'bad-gateway-html', path: '*properties*' });
    await service.operator.put('/api/v1/program', { formFields: [industry] });
    await eventually('the problem is open', async () => (await problems()).length > 0, 20_000);
    expect(await problems()).toMatchObject([
      { subject: { id: 'hubspot' }, detail: expect.stringMatching(/“Industry” is not asked, although/) as string },
    ]);
    expect(await offered()).toBeUndefined();
    expect((await send({})).status).toBe(201);
    const findings = await doctor(service.internals.foundations, service.internals.composition);
    expect(findings.filter(({ ok }) => !ok).map(({ words }) => words)).toContainEqual(
      expect.stringMatching(/does not ask “Industry” .* never read/),
    );
    service.hubspot.clearFaults();
    await readAgain();
    expect(await offered()).toContain('RETAIL');
    expect(await problems()).toEqual([]);
  });

  it('are offered and checked at every door', async () => {
    await ask(industry);
    expect(await send({})).toMatchObject({ status: 422, body: { errors: [{ field: 'fields.industry' }] } });
    expect(await send({ industry: 'SPACE' })).toMatchObject({ status: 422 });
    for (const door of [partner.personalUrl, partner.personalUrl.replace('/r/', '/embed/')]) {
      const html = await page(door.replace(/^https?:\/\/[^/]+/, service.url));
      expect(html).toContain('<option value="HOSPITAL_HEALTH_CARE"');
      expect(html).toContain('Hospital &amp; Health Care');
    }
    const { body } = await send({ industry: 'HOSPITAL_HEALTH_CARE' });
    await program.approve(body.id);
    await service.settled();
    const { fields, crm } = await shown(body.id);
    expect(fields).toMatchObject([{ value: 'HOSPITAL_HEALTH_CARE', text: 'Hospital & Health Care' }]);
    expect(service.hubspot.person.record('companies', crm.companyId)?.properties).toMatchObject({
      industry: 'HOSPITAL_HEALTH_CARE',
    });
  });

  it('stay as they were read last while the CRM is away, without a problem', async () => {
    service.hubspot.addFault({ kind: 'bad-gateway-html', path: '*properties*' });
    await service.operator.send('POST', '/api/v1/connections/hubspot/read-choices');
    const calls = () => Object.keys(service.hubspot.calls()).filter((call) => /properties.* 502/.test(call)).length;
    await eventually('the CRM was asked', () => calls() > 0, 20_000);
    expect(await offered()).toContain('RETAIL');
    expect(await problems()).toEqual([]);
    service.hubspot.clearFaults();
    await service.settled();
  });

  it('that the CRM has no more are offered no more, and were answered all the same', async () => {
    const { body: before } = await send({ industry: 'BANKING' });
    await service.operator.post(`/api/v1/registrations/${before.id}/return`, { reason: 'Tell us more.' });
    service.hubspot.person.setOptions('companies', 'industry', [
      { value: 'RETAIL', label: 'Shops' },
      { value: 'SPACE', label: 'Space' },
    ]);
    await service.letDaysPass(1);
    expect(await offered()).toEqual(['RETAIL', 'SPACE']);
    expect((await send({ industry: 'BANKING' })).status).toBe(422);
    expect((await shown(before.id)).fields).toMatchObject([{ value: 'BANKING', text: 'Banking' }]);
    const resubmit = (fields: object) =>
      partner.api.send('POST', `/api/v1/registrations/${before.id}/resubmit`, { reason: 'Here.', fields });
    expect((await resubmit({ industry: 'ACCOUNTING' })).status).toBe(422);
    expect((await resubmit({ industry: 'BANKING' })).status).toBe(200);
    expect((await shown(before.id)).fields).toMatchObject([{ value: 'BANKING', text: 'Banking' }]);
  });

  it('of a field that has none left stay, with a problem until it has some or is asked no more', async () => {
    service.hubspot.person.setOptions('companies', 'industry', []);
    await readAgain();
    expect(await offered()).toEqual(['RETAIL', 'SPACE']);
    expect(await problems()).toMatchObject([{ detail: expect.stringContaining('nothing to choose') as string }]);
    await ask();
    expect(await problems()).toEqual([]);
  });

  it('come from Salesforce as well, and operators see what was read when', async () => {
    const source = { connection: 'salesforce', record: 'company', field: 'Industry' };
    await ask({ ...industry, name: 'sector', choicesFrom: source, crm: [] });
    expect(await offered('sector')).toContain('Banking');
    const { items } = await service.operator.get<{ items: { readAt: string }[] }>('/api/v1/form/choices');
    expect(items).toMatchObject([
      { ...source, choices: expect.arrayContaining([{ value: 'Banking', label: 'Banking' }]) as object[] },
    ]);
    expect(Date.parse(items[0]?.readAt ?? '')).toBeGreaterThan(0);
  });

  it('are asked of the CRM by connections and records that there are', async () => {
    const get = (path: string) => service.operator.send('GET', `/api/v1/connections/${path}`);
    expect(await get('hubspot/fields?record=deal')).toMatchObject({
      status: 200,
      body: {
        record: 'deal',
        fields: expect.arrayContaining([expect.objectContaining({ name: 'dealname' })]) as object[],
      },
    });
    expect(await get('salesforce/stages')).toMatchObject({ status: 200, body: { pipelines: [{ label: null }] } });
    expect(await get('hubspot/fields?record=lead')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'record' }] },
    });
    expect(await get('pipedrive/stages')).toMatchObject({ status: 404 });
    service.hubspot.addFault({ kind: 'bad-gateway-html', path: '*properties*' });
    expect(await get('hubspot/fields?record=contact')).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('could not be asked') as string },
    });
    // Kept for some minutes, unless somebody wants it fresh.
    expect(await get('hubspot/fields?record=deal')).toMatchObject({ status: 200 });
    expect(await get('hubspot/fields?record=deal&fresh=true')).toMatchObject({ status: 503 });
  });
});
