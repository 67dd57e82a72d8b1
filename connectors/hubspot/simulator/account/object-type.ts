/** One kind of CRM record. `name` is the plural of the paths, `id` the type id that may stand in its place. */
export interface ObjectType {
  readonly id: string;
  readonly name: string;
  readonly singular: string;
  /** Contacts keep their modified time under another name than everything else. */
  readonly modifiedProperty: 'hs_lastmodifieddate' | 'lastmodifieddate';
  readonly defaultProperties: readonly string[];
  /** On create at least one property of each group must have a value. */
  readonly minimum: readonly (readonly string[])[];
  /** What the `query` of a search looks into. */
  readonly searchedByQuery: readonly string[];
}

export const contacts: ObjectType = {
  id: '0-1',
  name: 'contacts',
  singular: 'contact',
  modifiedProperty: 'lastmodifieddate',
  defaultProperties: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  minimum: [],
  searchedByQuery: ['firstname', 'lastname', 'email', 'phone', 'hs_additional_emails', 'company'],
};

export const companies: ObjectType = {
  id: '0-2',
  name: 'companies',
  singular: 'company',
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  minimum: [['name', 'domain']],
  searchedByQuery: ['name', 'domain', 'website', 'phone'],
};

export const deals: ObjectType = {
  id: '0-3',
  name: 'deals',
  singular: 'deal',
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: [
    'amount',
    'closedate',
    'createdate',
    'dealname',
    'dealstage',
    'hs_lastmodifieddate',
    'hs_object_id',
    'pipeline',
  ],
  minimum: [['dealname'], ['dealstage']],
  searchedByQuery: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
};

const lineItems: ObjectType = {
  id: '0-8',
  name: 'line_items',
  singular: 'line_item',
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: ['amount', 'createdate', 'hs_lastmodifieddate', 'hs_object_id', 'name', 'price', 'quantity'],
  minimum: [],
  searchedByQuery: ['name'],
};

export const objectTypes: readonly ObjectType[] = [contacts, companies, deals, lineItems];

const byName = new Map<string, ObjectType>(
  objectTypes.flatMap((type) => [type.name, type.singular, type.id].map((name) => [name, type] as const)),
);

/** Finds a type by plural name, singular name or type id; letters may be of either case. */
export function findObjectType(nameOrId: string): ObjectType | undefined {
  return byName.get(nameOrId) ?? byName.get(nameOrId.toLowerCase());
}
