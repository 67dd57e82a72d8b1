import type { ApiClient } from '../support/api-client.js';
import { solvedForm } from '../support/solved-form.js';

export interface CommissionLine {
  readonly id: string;
  readonly kind: string;
  readonly component: string;
  readonly amount: string;
  readonly currency: string;
  readonly status: string;
  readonly earnedOn: string;
  readonly payableOn: string;
}

export interface Registration {
  readonly id: string;
  readonly status: string;
  readonly protectedUntil: string | null;
  readonly dealId: string | null;
  readonly crm: {
    readonly contactId: string | null;
    readonly companyId: string | null;
    readonly leadId: string | null;
    readonly crmDealId: string | null;
  } | null;
}

/** What a partner types into the form, by the names of its fields. */
export type LeadForm = Readonly<Record<string, string>>;

/** Opens the form at the partner's link and sends it. @returns the beginning of the receipt's hash */
export async function fillInForm(personalUrl: string, lead: LeadForm): Promise<string> {
  const form = await (await fetch(personalUrl)).text();
  const answer = await fetch(personalUrl, {
    method: 'POST',
    body: new URLSearchParams({ ...lead, ...solvedForm(form) }),
  });
  const page = await answer.text();
  if (!answer.ok) throw new Error(`The form answered ${answer.status}: ${page}`);
  const hash = /sha256:[0-9a-f]{64}/.exec(page)?.[0];
  if (hash === undefined) throw new Error(`There is no receipt on the page: ${page}`);
  return `${hash.slice(0, 23)}…`;
}

export async function onlyRegistration(asPartner: ApiClient): Promise<Registration> {
  const { items } = await asPartner.get<{ items: readonly Registration[] }>('/api/v1/registrations');
  const [registration] = items;
  if (registration === undefined) throw new Error('the registration is not there');
  return registration;
}

export function readRegistration(api: ApiClient, id: string): Promise<Registration> {
  return api.get<Registration>(`/api/v1/registrations/${id}`);
}

/** The partner's lines, oldest first. */
export async function linesOf(api: ApiClient, partnerId: string): Promise<readonly CommissionLine[]> {
  const { items } = await api.get<{ items: readonly CommissionLine[] }>(`/api/v1/commissions?partnerId=${partnerId}`);
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A line and its working. */
export async function sayLine(say: (line: string) => void, asPartner: ApiClient, line: CommissionLine): Promise<void> {
  say(`   ${line.kind} ${line.amount} ${line.currency}, ${line.status}, payable on ${line.payableOn}`);
  const { sentences } = await asPartner.get<{ sentences: readonly string[] }>(
    `/api/v1/commissions/${line.id}/explanation`,
  );
  for (const sentence of sentences) say(`     · ${sentence}`);
}
