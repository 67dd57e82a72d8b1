import type { WordKey } from '../words/catalogue.js';

/** A lead as it is typed, by the paths of the API's body, so that a refusal finds its field. */
export type TypedLead = Readonly<Record<string, string>>;

export interface LeadField {
  readonly name: string;
  readonly label: WordKey;
  readonly type: 'text' | 'email' | 'tel' | 'date' | 'decimal';
  readonly required?: boolean;
  readonly hint?: WordKey;
}

export interface LeadSection {
  readonly title: WordKey;
  readonly fields: readonly LeadField[];
}

export const leadSections: readonly LeadSection[] = [
  {
    title: 'field.company',
    fields: [
      { name: 'company.name', label: 'field.companyName', type: 'text', required: true },
      { name: 'company.domain', label: 'field.domain', type: 'text', hint: 'hint.domain' },
      { name: 'company.country', label: 'field.country', type: 'text', hint: 'hint.country' },
    ],
  },
  {
    title: 'field.contact',
    fields: [
      { name: 'contact.firstName', label: 'field.firstName', type: 'text', required: true },
      { name: 'contact.lastName', label: 'field.lastName', type: 'text', required: true },
      { name: 'contact.email', label: 'field.email', type: 'email', required: true },
      { name: 'contact.phone', label: 'field.phone', type: 'tel' },
    ],
  },
  {
    title: 'field.deal',
    fields: [
      { name: 'deal.name', label: 'field.dealName', type: 'text' },
      { name: 'deal.product', label: 'field.product', type: 'text' },
      { name: 'deal.amount', label: 'field.amount', type: 'decimal', hint: 'hint.amount' },
      { name: 'deal.currency', label: 'field.currency', type: 'text', hint: 'hint.currency' },
      { name: 'deal.expectedCloseDate', label: 'field.expectedClose', type: 'date' },
    ],
  },
];

/** The body of the API's call. A currency counts only with an amount: it is filled in before anybody types one. */
export function leadBody(typed: TypedLead, attested: boolean) {
  const { amount, currency, ...deal } = group(typed, 'deal');
  const hasAmount = (amount ?? '').trim() !== '';
  return {
    company: group(typed, 'company'),
    contact: group(typed, 'contact'),
    deal: hasAmount ? { ...deal, amount, currency } : deal,
    note: typed['note'] ?? '',
    attestation: attested,
  };
}

/** What an answer to a question may change: everything but company and product, by which the place in the queue is kept. */
export const answerSections: readonly LeadSection[] = leadSections
  .map(({ title, fields }) => ({ title, fields: fields.filter(({ name }) => isChangeable(name)) }))
  .filter(({ fields }) => fields.length > 0);

function isChangeable(name: string): boolean {
  return !name.startsWith('company.') && name !== 'deal.product';
}

/** The body of the API's call that answers a question. */
export function answerBody(typed: TypedLead, answer: string) {
  const { contact, deal, note } = leadBody(typed, true);
  return { reason: answer, contact, deal, note };
}

interface Registered {
  readonly contact:
    (Readonly<Record<'firstName' | 'lastName' | 'email', string>> & { readonly phone: string | null }) | null;
  readonly deal: Readonly<Record<'name' | 'amount' | 'currency' | 'expectedCloseDate', string | null>>;
  readonly note: string | null;
}

/** A registration as it would have been typed. */
export function typedAs({ contact, deal, note }: Registered): TypedLead {
  const values = {
    ...Object.fromEntries(Object.entries(contact ?? {}).map(([name, value]) => [`contact.${name}`, value])),
    ...Object.fromEntries(Object.entries(deal).map(([name, value]) => [`deal.${name}`, value])),
    note,
  };
  const known = ['note', ...answerSections.flatMap(({ fields }) => fields.map(({ name }) => name))];
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (known.includes(name) && value !== null ? [[name, value]] : [])),
  );
}

function group(typed: TypedLead, prefix: string): Readonly<Record<string, string>> {
  const entries = Object.entries(typed).filter(([name]) => name.startsWith(`${prefix}.`));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length + 1), value]));
}

/** The fields that must be filled in and are not. */
export function missingFields(typed: TypedLead): readonly string[] {
  return leadSections
    .flatMap(({ fields }) => fields)
    .filter(({ name, required }) => required === true && (typed[name] ?? '').trim() === '')
    .map(({ name }) => name);
}
