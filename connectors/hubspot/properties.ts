import type { DealStamp, NewRecord } from '../contract.js';
import type { RecordType } from './api.js';

/** Every property of ours begins with this; a change of one is an echo of our own writing. */
export const ourPrefix = 'introducer_';

export const ourGroup = { name: 'introducer', label: 'Introducer' } as const;

/** Ties a record to its registration: unique on deals, plain text on contacts and companies (a customer may come twice). */
export const registrationIdProperty = 'introducer_registration_id';
export const partnerProperty = 'introducer_partner';

/** A property as we want it to stand in the account. */
export interface WantedProperty {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: 'string' | 'number' | 'date';
  readonly fieldType: 'text' | 'number' | 'date';
  readonly unique: boolean;
}

function property(
  name: string,
  label: string,
  description: string,
  more: Partial<WantedProperty> = {},
): WantedProperty {
  return { name, label, description, type: 'string', fieldType: 'text', unique: false, ...more };
}

const registrationOf = (what: string): WantedProperty =>
  property(registrationIdProperty, 'Introducer registration', `The registration that brought this ${what}.`);

/** What provisioning makes on each record type (design section 4). */
export const wantedProperties: Readonly<Record<RecordType, readonly WantedProperty[]>> = {
  deals: [
    { ...registrationOf('deal'), unique: true },
    property(partnerProperty, 'Introduced by', 'The partner who introduced this deal.'),
    property('introducer_status', 'Introducer status', 'Where the registration of this deal stands.'),
    property('introducer_protected_until', 'Protected until', "The last day of the partner's protection.", {
      type: 'date',
      fieldType: 'date',
    }),
    property('introducer_commission', 'Partner commission', 'What this deal costs in partner commission.', {
      type: 'number',
      fieldType: 'number',
    }),
    property('introducer_commission_currency', 'Commission currency', 'ISO 4217 code of the partner commission.'),
    property('introducer_commission_status', 'Commission status', 'Pending, payable, paid or on hold.'),
  ],
  contacts: [registrationOf('contact')],
  companies: [registrationOf('company')],
};

/** What the customer's settings say of a new record, as property values. HubSpot has no rules about duplicates to pass. */
export function settledProperties({ owner, fields }: NewRecord): Record<string, string> {
  return { ...fields, ...(owner === null ? {} : { hubspot_owner_id: owner }) };
}

/** A stamp as property values. An empty string clears a property. */
export function stampProperties(stamp: DealStamp): Record<string, string> {
  return {
    [registrationIdProperty]: stamp.registrationId ?? '',
    [partnerProperty]: stamp.partner ?? '',
    introducer_status: stamp.status ?? '',
    introducer_protected_until: stamp.protectedUntil ?? '',
    introducer_commission: stamp.commission ?? '',
    introducer_commission_currency: stamp.commissionCurrency ?? '',
    introducer_commission_status: stamp.commissionStatus ?? '',
  };
}
