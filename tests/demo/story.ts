import { apiClient } from '../support/api-client.js';
import { until } from '../support/service-process.js';
import type { SalesRep } from './sales-rep.js';
import {
  fillInForm,
  linesOf,
  onlyRegistration,
  readRegistration,
  sayLine,
  type CommissionLine,
  type LeadForm,
} from './steps.js';

/** What the walk through needs: the service, the key of rev ops, and somebody to act as the sales rep in the CRM. */
export interface Stage {
  readonly serviceUrl: string;
  readonly operatorKey: string;
  readonly rep: SalesRep;
  readonly checkBooks: () => Promise<{ readonly ok: boolean; readonly words: string }>;
  readonly say: (line?: string) => void;
}

export interface StorySummary {
  readonly partnerId: string;
  readonly registration: { readonly id: string; readonly status: string; readonly protectedUntil: string | null };
  readonly crm: {
    readonly kind: 'hubspot';
    readonly contactId: string;
    readonly companyId: string;
    readonly dealId: string;
  };
  readonly commissions: readonly CommissionLine[];
  readonly books: { readonly ok: boolean; readonly words: string };
  readonly crmCalls: Readonly<Record<string, number>>;
  readonly crmRecords: { readonly contacts: number; readonly companies: number; readonly deals: number };
}

const plan = `plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: new-business
    pay: { percent: 10, of: amount }
`;

const lead: LeadForm = {
  'company.name': 'Brightwater Logistics',
  'company.domain': 'https://www.brightwater-logistics.com/about',
  'company.country': 'DE',
  'contact.firstName': 'Ida',
  'contact.lastName': 'Brandt',
  'contact.email': 'ida.brandt@brightwater-logistics.com',
  'deal.name': 'Brightwater – route planning',
  'deal.amount': '12000.00',
  'deal.currency': 'EUR',
  note: 'Met at the freight fair; wants to start in spring.',
  attestation: 'yes',
};

/** Walks one lead from the form to credited commission, and through a reopening, saying each step. */
export async function walkOneLead(stage: Stage): Promise<StorySummary> {
  const { say } = stage;
  const revOps = apiClient(stage.serviceUrl, stage.operatorKey);

  say('1. Rev ops writes a commission plan: 10 % of the amount of every deal that is won.');
  await revOps.put('/api/v1/plans/standard', plan, 'application/yaml');

  say('2. Rev ops adds a partner.');
  const partner = await revOps.post<{ id: string; personalUrl: string }>('/api/v1/partners', {
    name: 'Northwind Partners',
    email: 'team@northwind-partners.com',
  });
  const { key } = await revOps.post<{ key: string }>(`/api/v1/partners/${partner.id}/api-keys`);
  const asPartner = apiClient(stage.serviceUrl, key);
  say(`   Its personal link: ${partner.personalUrl}`);
  say(`   Its API key, shown once: ${key.slice(0, 12)}…`);

  say('3. The partner fills in the form at its link.');
  const receipt = await fillInForm(partner.personalUrl, lead);
  const registration = await onlyRegistration(asPartner);
  say(`   Receipt for ${registration.id}: ${receipt}`);

  say('4. The conflict check looks at other registrations and into HubSpot.');
  await until(
    'the conflict check',
    async () => (await readRegistration(revOps, registration.id)).status === 'in_review',
  );
  const { conflicts } = await revOps.get<{ conflicts: readonly unknown[] }>(`/api/v1/registrations/${registration.id}`);
  say(`   Conflicts found: ${conflicts.length}`);

  say('5. Rev ops approves.');
  await revOps.post(`/api/v1/registrations/${registration.id}/approve`, { reason: 'a new customer, and a good fit' });
  const linked = await until('the deal in HubSpot', async () => {
    const now = await readRegistration(revOps, registration.id);
    return now.crm?.crmDealId != null && now.dealId !== null ? now : null;
  });
  const crm = linked.crm;
  if (crm?.crmDealId == null || crm.contactId === null || crm.companyId === null) throw new Error('not linked');
  const records = await stage.rep.countRecords();
  say(`   In HubSpot: contact ${crm.contactId}, company ${crm.companyId}, deal ${crm.crmDealId}`);
  say(`   Records there now: ${records.contacts} contact, ${records.companies} company, ${records.deals} deal`);
  say(`   Protected until ${linked.protectedUntil ?? '?'}`);

  say('6. The sales rep moves the deal through its stages.');
  for (const step of await stage.rep.stagesToWon()) {
    await stage.rep.moveDeal(crm.crmDealId, { dealstage: step.id });
    say(`   → ${step.label}`);
  }

  say('7. HubSpot sends its signed webhook; the commission line appears with its working.');
  const first = await until('the commission', async () => (await linesOf(revOps, partner.id))[0]);
  await sayLine(stage.say, asPartner, first);

  say('8. The deal in HubSpot shows the rep who introduced it and what it costs.');
  await sayDeal(stage, crm.crmDealId, (deal) => deal['introducer_commission'] !== null);

  say('9. The rep reopens the deal …');
  const [open] = await stage.rep.stagesToWon();
  if (open === undefined) throw new Error('the pipeline has no open stage');
  await stage.rep.moveDeal(crm.crmDealId, { dealstage: open.id });
  await until('the reversal', async () => (await linesOf(revOps, partner.id)).length === 2);
  say('   … and wins it again at 15,000 EUR. The books follow.');
  const won = (await stage.rep.stagesToWon()).at(-1);
  await stage.rep.moveDeal(crm.crmDealId, { amount: '15000.00', dealstage: won?.id ?? '' });
  const lines = await until('the second commission', async () => {
    const now = await linesOf(revOps, partner.id);
    return now.length >= 3 ? now : null;
  });
  for (const line of lines)
    say(`   ${line.kind.padEnd(11)} ${line.amount.padStart(9)} ${line.currency}  ${line.status}`);
  await sayDeal(stage, crm.crmDealId, (deal) => Number(deal['introducer_commission']) === 1500);

  const books = await stage.checkBooks();
  say(`10. The books: ${books.words}`);
  const final = await readRegistration(revOps, registration.id);
  return {
    partnerId: partner.id,
    registration: { id: final.id, status: final.status, protectedUntil: final.protectedUntil },
    crm: { kind: 'hubspot', contactId: crm.contactId, companyId: crm.companyId, dealId: crm.crmDealId },
    commissions: lines,
    books,
    crmCalls: await stage.rep.countCalls(),
    crmRecords: await stage.rep.countRecords(),
  };
}

type DealProperties = Readonly<Record<string, string | null>>;

async function sayDeal(stage: Stage, dealId: string, isRight: (deal: DealProperties) => boolean): Promise<void> {
  const deal = await until('the write-back', async () => {
    const properties = await stage.rep.readDeal(dealId);
    return isRight(properties) ? properties : null;
  });
  const shown = [
    'introducer_partner',
    'introducer_protected_until',
    'introducer_commission',
    'introducer_commission_currency',
  ];
  for (const property of shown) stage.say(`   ${property} = ${deal[property] ?? ''}`);
}
