import type { DealStamp } from '../contract.js';
import { Decimal } from './exact-json.js';
import type { ObjectName } from './ids.js';

/** Every field of ours begins with this. */
export const ourPrefix = 'Introducer_';

/** Ties a record to its registration: a unique external id, and so the key that a repeated upsert meets. */
export const registrationIdField = 'Introducer_Registration_Id__c';
export const partnerField = 'Introducer_Partner__c';

/** A field as we want it to stand in the organisation. */
export interface WantedField {
  readonly name: string;
  /** As the Metadata API describes it. */
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** The type by which `describe` knows it again. */
  readonly describedAs: string;
}

function textField(name: string, label: string, description: string, length = 255): WantedField {
  return { name, metadata: { type: 'Text', label, description, length, required: false }, describedAs: 'string' };
}

const registrationId: WantedField = {
  name: registrationIdField,
  metadata: {
    type: 'Text',
    label: 'Introducer registration',
    description: 'The registration that brought this record.',
    length: 64,
    required: false,
    externalId: true,
    unique: true,
    caseSensitive: true,
  },
  describedAs: 'string',
};

const stampFieldsWanted: readonly WantedField[] = [
  textField(partnerField, 'Introduced by', 'The partner who introduced this deal.'),
  textField('Introducer_Status__c', 'Introducer status', 'Where the registration of this deal stands.'),
  {
    name: 'Introducer_Protected_Until__c',
    metadata: {
      type: 'Date',
      label: 'Protected until',
      description: "The last day of the partner's protection.",
      required: false,
    },
    describedAs: 'date',
  },
  {
    name: 'Introducer_Commission__c',
    metadata: {
      type: 'Number',
      label: 'Partner commission',
      description: 'What this deal costs in partner commission.',
      precision: 18,
      scale: 3,
      required: false,
    },
    describedAs: 'double',
  },
  textField('Introducer_Commission_Currency__c', 'Commission currency', 'ISO 4217 code of the partner commission.', 3),
  textField('Introducer_Commission_Status__c', 'Commission status', 'Pending, payable, paid or on hold.'),
];

/** What provisioning makes on each object (design section 4). */
export const wantedFields: Readonly<Record<ObjectName, readonly WantedField[]>> = {
  Opportunity: [registrationId, ...stampFieldsWanted],
  Lead: [registrationId, ...stampFieldsWanted],
  Contact: [registrationId],
  Account: [registrationId],
};

/** A stamp as field values. `null` clears a field. @throws NotDecimal when the commission is no decimal number */
export function stampFields(stamp: DealStamp): Readonly<Record<string, string | Decimal | null>> {
  return {
    [registrationIdField]: stamp.registrationId,
    [partnerField]: stamp.partner,
    Introducer_Status__c: stamp.status,
    Introducer_Protected_Until__c: stamp.protectedUntil,
    Introducer_Commission__c: stamp.commission === null ? null : new Decimal(stamp.commission),
    Introducer_Commission_Currency__c: stamp.commissionCurrency,
    Introducer_Commission_Status__c: stamp.commissionStatus,
  };
}
