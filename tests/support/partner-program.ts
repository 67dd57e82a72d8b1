import type { ApiClient } from './api-client.js';
import type { RunningService } from './running-service.js';

/** A partner with a key of its own. */
export interface TestPartner {
  readonly id: string;
  readonly personalUrl: string;
  readonly api: ApiClient;
}

/** A prospect nobody else in the tests knows. */
export interface Prospect {
  readonly company: { readonly name: string; readonly domain: string };
  readonly contact: { readonly firstName: string; readonly lastName: string; readonly email: string };
}

/** What a partner introduced, once it is a deal in the CRM. */
export interface Introduction {
  readonly partner: TestPartner;
  readonly registrationId: string;
  readonly prospect: Prospect;
  readonly dealId: string;
  readonly crmDealId: string;
}

/** A partner that came second. */
export interface Rival {
  readonly partner: TestPartner;
  readonly id: string;
  readonly availability: string;
}

export interface RegistrationView {
  readonly id: string;
  readonly status: string;
  readonly availability: string;
  readonly protectedUntil: string | null;
  readonly reason: string | null;
  readonly dealId: string | null;
  readonly outcome: string | null;
  readonly conflicts?: readonly {
    readonly code: string;
    readonly reference: string;
    readonly dealId: string | null;
    readonly matchedBy: string;
  }[];
  readonly crm?: {
    readonly state: string;
    readonly contactId: string | null;
    readonly companyId: string | null;
    readonly crmDealId: string | null;
    readonly presence: string | null;
    readonly problem: { readonly id: string; readonly title: string; readonly detail: string } | null;
  };
}

export interface ProblemView {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly work: string;
  readonly subject: { readonly type: string; readonly id: string };
}

export interface LineView {
  readonly id: string;
  readonly partnerId: string;
  readonly kind: string;
  readonly component: string;
  readonly amount: string;
  readonly currency: string;
  readonly status: string;
  readonly earnedOn: string;
  readonly payableOn: string;
  readonly dealId: string;
}

export interface LeadTerms {
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
  readonly product?: string | undefined;
  readonly prospect?: Prospect | undefined;
}

/** What rev ops and partners do over HTTP, in the words of the tests. */
export interface PartnerProgram {
  addPartner(): Promise<TestPartner>;
  newProspect(): Prospect;
  /** Ten percent of the amount for everything won from 2026 on. */
  writeStandardPlan(): Promise<void>;
  register(partner: TestPartner, terms?: LeadTerms): Promise<{ readonly id: string; readonly availability: string }>;
  approve(registrationId: string, dealId?: string): Promise<RegistrationView>;
  registration(id: string): Promise<RegistrationView>;
  /** Registered, approved and in the CRM as an open deal. */
  introduce(terms?: LeadTerms & { readonly partner?: TestPartner }): Promise<Introduction>;
  /** Another partner's registration of the same prospect, approved; unless nothing stands in its way it waits. */
  rivalOf(terms: LeadTerms): Promise<Rival>;
  lines(of: { readonly dealId: string }): Promise<readonly LineView[]>;
  /** The lines of a deal in the order they were booked, as `commission 1200.00 EUR`. */
  book(of: { readonly dealId: string }): Promise<readonly string[]>;
  /** What keeps a registration's deal from earning although it is won. */
  flags(registrationId: string): Promise<readonly string[]>;
  /** Open problems about a registration, a deal or a connection. */
  problems(subjectId: string): Promise<readonly ProblemView[]>;
}

const standardPlan = {
  plan: 'standard',
  effectiveFrom: '2026-01-01',
  rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
};

let prospects = 0;
let partners = 0;

/** @param service in this process or in others */
export function partnerProgram(service: Pick<RunningService, 'operator' | 'as' | 'settled'>): PartnerProgram {
  const { operator } = service;

  const addPartner = async (): Promise<TestPartner> => {
    partners += 1;
    const name = `Partner ${partners}`;
    const email = `team@partner-${partners}.com`;
    const { id, personalUrl } = await operator.post<{ id: string; personalUrl: string }>('/api/v1/partners', {
      name,
      email,
    });
    const { key } = await operator.post<{ key: string }>(`/api/v1/partners/${id}/api-keys`);
    return { id, personalUrl, api: service.as(key) };
  };

  const newProspect = (): Prospect => {
    prospects += 1;
    const domain = `prospect-${prospects}.com`;
    return {
      company: { name: `Prospect ${prospects} Inc.`, domain },
      contact: { firstName: 'Ida', lastName: `Brandt ${prospects}`, email: `ida@${domain}` },
    };
  };

  const register: PartnerProgram['register'] = (partner, { prospect = newProspect(), ...deal } = {}) =>
    partner.api.post('/api/v1/registrations', { ...prospect, deal, attestation: true });

  const approve: PartnerProgram['approve'] = (id, dealId) =>
    operator.post(`/api/v1/registrations/${id}/approve`, {
      reason: 'a good fit',
      ...(dealId === undefined ? {} : { dealId }),
    });

  const registration: PartnerProgram['registration'] = (id) => operator.get(`/api/v1/registrations/${id}`);

  const lines: PartnerProgram['lines'] = async ({ dealId }) => {
    const { items } = await operator.get<{ items: readonly LineView[] }>(`/api/v1/commissions?dealId=${dealId}`);
    return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };

  return {
    addPartner,
    newProspect,
    register,
    approve,
    registration,
    lines,
    writeStandardPlan: async () => {
      await operator.put('/api/v1/plans/standard', standardPlan);
    },
    introduce: async ({
      partner: known,
      prospect = newProspect(),
      amount = '12000.00',
      currency = 'EUR',
      product,
    } = {}) => {
      const partner = known ?? (await addPartner());
      const { id } = await register(partner, { prospect, amount, currency, product });
      await approve(id);
      await service.settled();
      const { dealId, crm } = await registration(id);
      const crmDealId = crm?.crmDealId ?? null;
      if (dealId === null || crmDealId === null) throw new Error(`not in the CRM: ${JSON.stringify(crm)}`);
      return { partner, prospect, registrationId: id, dealId, crmDealId };
    },
    rivalOf: async (terms) => {
      const partner = await addPartner();
      const { id, availability } = await register(partner, terms);
      await approve(id);
      await service.settled();
      return { partner, id, availability };
    },
    book: async (of) => (await lines(of)).map((line) => `${line.kind} ${line.amount} ${line.currency}`),
    flags: async (registrationId) => (await why(operator, registrationId)).flags.map(({ flag }) => flag),
    problems: async (subjectId) => {
      const { items } = await operator.get<{ items: readonly ProblemView[] }>('/api/v1/problems?limit=200');
      return items.filter((problem) => problem.subject.id === subjectId);
    },
  };
}

/** How many records of each type the CRM holds for one prospect and registration. */
export function crmRecordsOf(
  { hubspot }: Pick<RunningService, 'hubspot'>,
  { prospect, registrationId }: Pick<Introduction, 'prospect' | 'registrationId'>,
): { readonly contacts: number; readonly companies: number; readonly deals: number } {
  const count = (type: string, property: string, value: string): number =>
    hubspot.person.records(type).filter((record) => record.properties[property] === value).length;
  return {
    contacts: count('contacts', 'email', prospect.contact.email),
    companies: count('companies', 'domain', prospect.company.domain),
    deals: count('deals', 'introducer_registration_id', registrationId),
  };
}

interface WhyView {
  readonly gates: readonly { readonly gate: string; readonly passed: boolean; readonly reason: string | null }[];
  readonly flags: readonly { readonly flag: string }[];
}

function why(api: ApiClient, registrationId: string): Promise<WhyView> {
  return api.get(`/api/v1/registrations/${registrationId}/why`);
}

/** The gates that keep a registration from being credited, as `gate: reason`. */
export async function gatesThatBlock(api: ApiClient, registrationId: string): Promise<readonly string[]> {
  const { gates } = await why(api, registrationId);
  return gates.filter((gate) => !gate.passed).map(({ gate, reason }) => `${gate}: ${reason ?? ''}`);
}
