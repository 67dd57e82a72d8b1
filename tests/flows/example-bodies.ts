import { hostileValues } from './hostile-input.js';

/** One body for every call that takes one, with every field it knows. */
export const exampleBodies: Readonly<Record<string, unknown>> = {
  'POST /api/v1/api-keys': { name: 'Ops', rights: ['plans:apply'] },
  'POST /api/v1/signatures/verify': {
    registrationId: 'reg_x',
    keyId: 'sig_x',
    algorithm: 'Ed25519',
    signature: 'AAAA',
  },
  'POST /api/v1/connections/callback': {
    state: 'unknown',
    code: 'unknown',
    error: 'access_denied',
    errorDescription: 'the person said no',
  },
  'POST /api/v1/connections/{id}/disconnect': { reason: 'Another account takes its place.' },
  'POST /api/v1/people': { name: 'Vera', email: 'vera@vendor.com', role: 'viewer' },
  'PATCH /api/v1/people/{id}': { role: 'rev-ops' },
  'POST /api/v1/partners/{id}/people': { name: 'Pia', email: 'pia@northwind-partners.com', role: 'member' },
  'POST /api/v1/invitations/{token}/accept': { name: 'Pia', password: 'correct horse battery' },
  'PUT /api/v1/me/mail': { off: [] },
  'POST /api/v1/agreements': {
    text: '# Agreement',
    effectiveFrom: '2026-06-01',
    asksAcceptance: true,
    note: 'The first one.',
    after: 0,
  },
  'POST /api/v1/agreements/accept': { version: 1, contentHash: '0'.repeat(64) },
  'POST /api/v1/erasures': { email: 'pia@northwind-partners.com' },
  'POST /api/v1/person-exports': { email: 'pia@northwind-partners.com' },
  'POST /api/v1/disputes': {
    lineId: 'line_unknown',
    reason: 'The deal was larger.',
    links: ['https://northwind-partners.com/offer.pdf'],
  },
  'POST /api/v1/disputes/{id}/messages': { text: 'Here is the offer.' },
  'POST /api/v1/disputes/{id}/settle': { outcome: 'upheld', words: 'You are right.', decisionId: 'dec_unknown' },
  'POST /api/v1/applications': {
    company: { name: 'Northwind', website: 'www.northwind-partners.com', country: 'DE' },
    contact: { name: 'Pia', email: 'pia@northwind-partners.com' },
    type: 'referral',
    message: 'We advise freight companies.',
  },
  'POST /api/v1/applications/{id}/accept': { name: 'Northwind', type: 'referral', tier: 'gold' },
  'POST /api/v1/applications/{id}/reject': { reason: 'We look for partners elsewhere.' },
  'POST /api/v1/partners': {
    name: 'Northwind',
    email: 'team@northwind-partners.com',
    type: 'referral',
    tier: 'gold',
    tags: ['emea'],
    recruitedBy: 'par_unknown',
    payoutCurrency: 'EUR',
  },
  'PATCH /api/v1/partners/{id}': {
    name: 'Northwind',
    email: 'team@northwind-partners.com',
    type: 'referral',
    tier: 'gold',
    tags: ['emea'],
    since: '2026-01-01',
    reason: 'sold for a year',
    recruitedBy: 'par_unknown',
    payoutCurrency: 'EUR',
    status: 'active',
  },
  'POST /api/v1/partners/{id}/api-keys': { name: 'Partner' },
  'PUT /api/v1/program': {
    publicName: 'Program',
    timeZone: 'Europe/Berlin',
    protectionDays: 90,
    reviewBusinessDays: 2,
    creditWhen: 'approved',
    wonDate: 'stage-history',
    defaultCurrency: 'EUR',
    knownCurrencies: ['EUR'],
    fieldMap: { hubspot: { margin: 'deal_margin' } },
    newDealStages: { hubspot: { pipelineId: 'default', stageId: 'qualifiedtobuy' } },
    newRecords: {
      hubspot: {
        registrationsBecome: 'deal',
        allowDuplicates: false,
        deal: { owner: '100', values: { hs_priority: 'high' }, facts: { description: 'note' } },
        company: { owner: '100', values: { industry: 'RETAIL' }, facts: { domain: 'companyDomain' } },
        contact: { owner: '100', values: { lifecyclestage: 'lead' }, facts: { country: 'country' } },
      },
    },
    crmRoutes: [
      {
        connection: 'hubspot',
        partnerTypes: ['referral'],
        partnerTiers: ['gold'],
        countries: ['DE'],
        products: ['Suite'],
        currencies: ['EUR'],
      },
    ],
    planApproval: 'one',
    applications: 'open',
    embedOrigins: ['https://www.acme.com'],
    registrationNeedsAgreement: false,
    disputeBusinessDays: 5,
    retention: {
      rejectedRegistrationsDays: 365,
      expiredRegistrationsDays: null,
      applicationsDays: 365,
      mailsDays: 365,
    },
    missingCommissionDays: 90,
    changesAfterWin: { amount: 'hold', closeDate: 'accept', registrationId: 'restore' },
    attestation: 'I did.',
    formFields: [
      {
        name: 'industry',
        type: 'choice',
        label: 'Industry',
        help: 'Of the company',
        required: true,
        choices: [{ value: 'RETAIL', label: 'Retail' }],
        crm: [{ connection: 'hubspot', record: 'deal', field: 'industry' }],
      },
    ],
    revision: 0,
  },
  'POST /api/v1/registrations/{id}/link-moves': {
    address: 'https://app.hubspot.com/contacts/4711/record/0-3/9001',
    reason: 'the rep began anew',
    insteadOf: 'deal_x',
  },
  'POST /api/v1/registrations/{id}/unlink': { reason: 'the deal is another customer’s', insteadOf: 'deal_1' },
  'POST /api/v1/changes-after-win/{id}/accept': { reason: 'the order was reduced' },
  'POST /api/v1/changes-after-win/{id}/restore': { reason: 'a typing error' },
  'POST /api/v1/missing-commissions/{id}/link': { reason: 'introduced before it ran out' },
  'POST /api/v1/missing-commissions/{id}/dismiss': { reason: 'a renewal of our own' },
  'POST /api/v1/link-proposals/{id}/accept': { reason: 'the rep began anew' },
  'POST /api/v1/link-proposals/{id}/reject': { reason: 'another project' },
  'PUT /api/v1/exchange-rates': { base: 'EUR', day: '2026-03-06', rates: { USD: '1.0856' } },
  'PUT /api/v1/plans/{slug}': {
    plan: 'standard',
    effectiveFrom: '2026-01-01',
    effectiveTo: '2027-01-01',
    rounding: 'half-even',
    holdDays: 30,
    rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
  },
  'POST /api/v1/plans/{slug}/proposals/{id}/approve': { reason: 'agreed' },
  'POST /api/v1/plans/{slug}/proposals/{id}/reject': { reason: 'too much' },
  'POST /api/v1/scenarios/try': { plan: 'plan: standard', scenario: 'asOf: 2026-03-31' },
  'POST /api/v1/plans/{slug}/check': {
    plan: 'standard',
    effectiveFrom: '2026-01-01',
    effectiveTo: '2027-01-01',
    rounding: 'half-even',
    holdDays: 30,
    rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
  },
  'POST /api/v1/plans/{slug}/preview': {
    plan: 'standard',
    effectiveFrom: '2026-01-01',
    effectiveTo: '2027-01-01',
    rounding: 'half-even',
    holdDays: 30,
    rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
  },
  'POST /api/v1/partners/{id}/estimate': { amount: '12000.00', currency: 'EUR', product: 'standard', country: 'DE' },
  'POST /api/v1/registrations': {
    partnerId: 'par_unknown',
    company: { name: 'Acme', domain: 'acme.com', country: 'DE' },
    contact: { firstName: 'Ida', lastName: 'Brandt', email: 'ida@acme.com', phone: '+49 30 1' },
    deal: {
      name: 'Acme',
      amount: '12000.00',
      currency: 'EUR',
      expectedCloseDate: '2026-12-24',
      product: 'Suite',
    },
    note: 'Met at the fair.',
    fields: { industry: 'RETAIL' },
    attestation: true,
  },
  'POST /api/v1/registrations/{id}/assign': { to: 'nobody', insteadOf: 'per_unknown' },
  'POST /api/v1/registrations/{id}/approve': { dealId: 'deal_unknown', reason: 'fits' },
  'POST /api/v1/registrations/{id}/reject': { reason: 'no', code: 'other' },
  'POST /api/v1/registrations/{id}/return': { reason: 'who?' },
  'POST /api/v1/registrations/{id}/resubmit': {
    company: { name: 'Acme', domain: 'acme.com', country: 'DE' },
    contact: { firstName: 'Ida', lastName: 'Brandt', email: 'ida@acme.com', phone: '+49 30 1' },
    deal: { name: 'Acme', amount: '1', currency: 'EUR', expectedCloseDate: '2026-12-24', product: 'Suite' },
    note: 'Her.',
    fields: { industry: 'RETAIL' },
    reason: 'answered',
  },
  'POST /api/v1/registrations/{id}/withdraw': { reason: 'gone' },
  'POST /api/v1/registrations/{id}/extend': { reason: 'legal', days: 30 },
  'POST /api/v1/decisions': {
    partnerId: 'par_unknown',
    add: { amount: '-5.00', currency: 'EUR' },
    reason: 'bank fee',
  },
  'PUT /api/v1/registrations/{id}/shares': {
    shares: [{ partnerId: 'par_unknown', percent: '100' }],
    reason: 'agreed',
  },
  'POST /api/v1/metrics': {
    metrics: [{ partnerId: 'par_unknown', name: 'certified', period: '2026-Q1', value: '12.5' }],
  },
  'PUT /api/v1/deals/{id}/supplement': { churnedOn: '2026-06-30', fields: { cost: '400.00' } },
  'POST /api/v1/payments': {
    payments: [
      {
        externalId: 'INV-1-R',
        dealId: 'deal_unknown',
        amount: '119.00',
        currency: 'EUR',
        tax: '19.00',
        receivedOn: '2026-03-02',
        servicePeriod: { from: '2026-03-01', to: '2026-03-31' },
        kind: 'refund',
        refundOf: 'INV-1',
      },
    ],
  },
  'POST /api/v1/payouts/external': { lines: ['line_unknown'], paidOn: '2026-11-23', reference: 'BANK 1' },
};

/** A good body with one field at a time replaced by something that does not fit: what was done, and the body. */
export function spoiltBodies(body: unknown): readonly (readonly [string, unknown])[] {
  return spoilt(body, '');
}

function spoilt(value: unknown, at: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) {
    return Object.entries(hostileValues).map(([what, hostile]) => [`${what} as ${at}`, hostile]);
  }
  const replaced = at === '' ? [] : (['text', 7, true] as const).map((other) => [`${other} as ${at}`, other] as const);
  const inside = Object.entries(value).flatMap(([name, inner]) =>
    spoilt(inner, at === '' ? name : `${at}.${name}`).map(
      ([what, bad]) => [what, withMember(value, name, bad)] as const,
    ),
  );
  return [...replaced, ...inside];
}

function withMember(whole: object, name: string, member: unknown): unknown {
  if (Array.isArray(whole)) return whole.map((item: unknown, index) => (String(index) === name ? member : item));
  return { ...whole, [name]: member };
}
