import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/platform/canonical-json.js';
import type { Json } from '../../src/platform/json.js';
import { eachDatabase } from '../support/databases.js';
import { partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const formFields = [
  {
    name: 'industry',
    type: 'choice',
    label: 'Industry <b>',
    required: true,
    choices: [{ value: 'RETAIL', label: 'Retail' }, { value: 'BANKING' }],
    crm: [{ connection: 'hubspot', record: 'company', field: 'industry' }],
  },
  {
    name: 'priority',
    type: 'choices',
    label: 'What for?',
    choices: [
      { value: 'low', label: 'Later' },
      { value: 'high', label: 'Now' },
    ],
  },
  {
    name: 'story',
    type: 'long-text',
    label: 'The story',
    crm: [{ connection: 'hubspot', record: 'deal', field: 'description' }],
  },
  { name: 'budget', type: 'money', label: 'Budget' },
];

interface Shown {
  readonly fields: readonly { readonly name: string; readonly label: string; readonly text: string }[];
  readonly attestation: { readonly wording: string; readonly at: string };
  readonly receipt: { readonly contentHash: string; readonly submittedAt: string };
  readonly crm?: { readonly crmDealId: string; readonly companyId: string };
}

eachDatabase('the vendor’s own fields of the form', (open) => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;

  beforeAll(async () => {
    service = await startRunningService({ open });
    program = partnerProgram(service);
    partner = await program.addPartner();
    await service.operator.put('/api/v1/program', { formFields, attestation: 'I asked them.' });
  });
  afterAll(() => service.close());

  const body = (fields: object) => ({ ...program.newProspect(), attestation: true, fields });
  const send = (given: object) => partner.api.send<{ id: string }>('POST', '/api/v1/registrations', given);
  const shown = (id: string, api = service.operator) => api.get<Shown>(`/api/v1/registrations/${id}`);

  it('are told to whoever fills in the form, without where the answers go', async () => {
    const form = await partner.api.get('/api/v1/form');
    expect(form).toMatchObject({
      attestation: 'I asked them.',
      fields: [{ name: 'industry', required: true, choices: [{ label: 'Retail' }, { label: 'BANKING' }] }, {}, {}, {}],
    });
    expect(JSON.stringify(form)).not.toContain('hubspot');
  });

  it('are refused with the field, the value and what is expected', async () => {
    expect(await send({ ...program.newProspect(), attestation: true })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'fields.industry' }] },
    });
    expect(await send(body({ industry: 'SPACE', budget: { amount: 'lots', currency: 'EUR' } }))).toMatchObject({
      status: 422,
      body: {
        errors: [
          { field: 'fields.industry', value: '"SPACE"', expected: 'one of RETAIL, BANKING' },
          { field: 'fields.budget.amount', value: '"lots"' },
        ],
      },
    });
  });

  it('are kept, covered by the receipt, shown to both sides and written to the CRM', async () => {
    const hostile = '=HYPERLINK("x")<script>alert(1)</script>';
    const given = body({
      industry: 'RETAIL',
      priority: ['high', 'low'],
      story: hostile,
      budget: { amount: 5, currency: 'EUR' },
    });
    const { status, body: submitted } = await send(given);
    expect(status).toBe(201);
    await program.approve(submitted.id);
    await service.settled();
    const seen = await shown(submitted.id);
    expect(seen.fields.map(({ label, text }) => [label, text])).toEqual([
      ['Industry <b>', 'Retail'],
      ['What for?', 'Now, Later'],
      ['The story', hostile],
      ['Budget', '5 EUR'],
    ]);
    expect((await shown(submitted.id, partner.api)).fields).toEqual(seen.fields);
    expect(seen.attestation).toEqual({ wording: 'I asked them.', at: seen.receipt.submittedAt });
    expect(seen.receipt.contentHash).toBe(
      hashOf({
        company: { ...given.company, country: null },
        contact: { ...given.contact, phone: null },
        deal: { name: null, amount: null, currency: null, expectedCloseDate: null, product: null },
        note: null,
        fields: {
          ...{ industry: 'RETAIL', priority: ['high', 'low'], story: hostile },
          budget: { amount: '5', currency: 'EUR' },
        },
        attestation: 'I asked them.',
      }),
    );
    const { crmDealId = '', companyId = '' } = seen.crm ?? {};
    expect(service.hubspot.person.record('deals', crmDealId)?.properties).toMatchObject({ description: hostile });
    expect(service.hubspot.person.record('companies', companyId)?.properties).toMatchObject({ industry: 'RETAIL' });
  });

  it('can be answered anew while the registration is returned; what is not touched stays', async () => {
    const { body: submitted } = await send(body({ industry: 'RETAIL', story: 'short' }));
    await service.operator.post(`/api/v1/registrations/${submitted.id}/return`, { reason: 'Tell us more.' });
    const resubmit = (fields: object) =>
      partner.api.send('POST', `/api/v1/registrations/${submitted.id}/resubmit`, { reason: 'Here.', fields });
    expect(await resubmit({ industry: '' })).toMatchObject({ status: 422 });
    expect(await resubmit({ story: 'longer', priority: ['low'] })).toMatchObject({ status: 200 });
    expect((await shown(submitted.id)).fields.map(({ text }) => text)).toEqual(['Retail', 'Later', 'longer']);
  });

  it('keep the question as it was asked when the form changes', async () => {
    const { body: submitted } = await send(body({ industry: 'BANKING', story: 'told' }));
    await service.operator.put('/api/v1/program', { formFields: formFields.slice(0, 1), attestation: 'Other words.' });
    const seen = await shown(submitted.id);
    expect(seen.fields.map(({ label }) => label)).toEqual(['Industry <b>', 'The story']);
    expect(seen.attestation.wording).toBe('I asked them.');
    await service.operator.put('/api/v1/program', { formFields });
  });

  it('go to connections and records that there are, or are refused as settings', async () => {
    const put = (crm: object) =>
      service.operator.send('PUT', '/api/v1/program', {
        formFields: [
          { name: 'a', type: 'text', label: 'A', crm: [{ connection: 'hubspot', record: 'deal', field: 'a', ...crm }] },
        ],
      });
    expect(await put({ record: 'lead' })).toMatchObject({
      status: 422,
      body: {
        errors: [{ field: 'formFields[0].crm[0].record', expected: expect.stringContaining('no leads') as string }],
      },
    });
    expect(await put({ connection: 'pipedrive' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'formFields[0].crm[0].connection', value: 'pipedrive' }] },
    });
  });
});

function hashOf(content: Json): string {
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}
