import type { NewRecord } from '../contract.js';
import { Decimal, isDecimal } from './exact-json.js';
import type { ObjectName } from './ids.js';
import type { Call } from './org-access.js';
import type { HomeCurrency } from './account.js';
import type { Fields, SaveOptions } from './records.js';
import type { Schema } from './schema.js';
import type { Stages } from './stages.js';

/** What putting records into an organisation needs. */
export interface Push {
  readonly call: Call;
  readonly schema: Schema;
  readonly stages: Stages;
  readonly currency: HomeCurrency;
  readonly now: () => Date;
}

/**
 * What the customer's settings say of a new record, each value in the type of its field. A field that our user does not see is sent
 * all the same: Salesforce then says in its own words what is wrong.
 */
export async function settledFields(
  { schema }: Push,
  object: ObjectName,
  { owner, fields }: NewRecord,
): Promise<Fields> {
  const described = await schema.object(object);
  const typed = Object.entries(fields).map(([name, text]) => {
    const field = described?.field(name);
    return [field?.name ?? name, typedValue(field?.type, text)] as const;
  });
  return { ...Object.fromEntries(typed), ...(owner === null ? {} : { OwnerId: owner }) };
}

/** What is known of a record: what is not leaves the customer's settings in force. */
export function known(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const numbers: readonly string[] = ['double', 'currency', 'percent', 'int'];

function typedValue(type: string | undefined, text: string): string | boolean | Decimal {
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return type !== undefined && numbers.includes(type) && isDecimal(text) ? new Decimal(text) : text;
}

/** How a new record is saved: where settings name its owner, assignment rules would take it away again. */
export function saveOptions({ owner, allowDuplicates }: NewRecord): SaveOptions {
  return { allowDuplicates, keepOwner: owner !== null };
}

/** A country where the organisation keeps a list of them as a code, else as text. */
export async function countryFields(
  { schema }: Push,
  object: 'Lead' | 'Account',
  country: string | null,
): Promise<Fields> {
  if (country === null) return {};
  const [field, codeField] = object === 'Lead' ? ['Country', 'CountryCode'] : ['BillingCountry', 'BillingCountryCode'];
  const hasCodes = (await schema.object(object))?.field(codeField)?.createable === true;
  return hasCodes && /^[A-Z]{2}$/.test(country) ? { [codeField]: country } : { [field]: country };
}

/** The currency of a record where it can have one. */
export async function currencyFields(
  { schema }: Push,
  object: 'Lead' | 'Opportunity',
  currency: string | null,
): Promise<Fields> {
  const hasCurrency = (await schema.object(object))?.field('CurrencyIsoCode') !== undefined;
  return hasCurrency && currency !== null ? { CurrencyIsoCode: currency } : {};
}

/** Of these fields those our user can write. Our own may be missing: the registration is pushed all the same. */
export async function writable(schema: Schema, object: ObjectName, fields: Fields): Promise<Fields> {
  const known = await schema.object(object);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => known?.field(name) !== undefined));
}
