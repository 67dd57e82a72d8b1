import type { PropertyDefinition, PropertyGroup, PropertyOption, PropertyType } from './property-definition.js';

type Field = Pick<PropertyDefinition, 'name' | 'label' | 'type' | 'fieldType'> & Partial<PropertyDefinition>;

const defaultFieldType: Readonly<Record<PropertyType, string>> = {
  string: 'text',
  number: 'number',
  bool: 'booleancheckbox',
  enumeration: 'select',
  date: 'date',
  datetime: 'date',
};

function field(name: string, type: PropertyType, label: string, more: Partial<PropertyDefinition> = {}): Field {
  return { name, type, label, fieldType: defaultFieldType[type], ...more };
}

/** Set by HubSpot alone: read-only properties, which a write must not name. */
function computed(name: string, type: PropertyType, label: string): Field {
  return field(name, type, label, { readOnlyValue: true });
}

function options(...values: readonly string[]): readonly PropertyOption[] {
  return values.map((value, displayOrder) => ({ label: value, value, hidden: false, displayOrder }));
}

const everyRecord: readonly Field[] = [
  computed('hs_object_id', 'number', 'Record ID'),
  computed('hs_createdate', 'datetime', 'Object create date/time'),
  computed('hs_merged_object_ids', 'string', 'Merged record IDs'),
  computed('hs_object_source', 'string', 'Record source'),
  computed('hs_object_source_id', 'string', 'Record source ID'),
  computed('hs_object_source_label', 'string', 'Record source label'),
  field('hubspot_owner_id', 'enumeration', 'Owner', { externalOptions: true }),
];

const dealFields: readonly Field[] = [
  field('dealname', 'string', 'Deal Name'),
  field('pipeline', 'enumeration', 'Pipeline', { externalOptions: true }),
  field('dealstage', 'enumeration', 'Deal Stage', { fieldType: 'radio', externalOptions: true }),
  field('dealtype', 'enumeration', 'Deal Type', { options: options('newbusiness', 'existingbusiness') }),
  field('description', 'string', 'Deal Description', { fieldType: 'textarea' }),
  field('amount', 'number', 'Amount'),
  field('deal_currency_code', 'enumeration', 'Currency', { externalOptions: true }),
  field('closedate', 'datetime', 'Close Date'),
  field('createdate', 'datetime', 'Create Date'),
  computed('hs_lastmodifieddate', 'datetime', 'Last Modified Date'),
  computed('hs_exchange_rate', 'number', 'Exchange rate'),
  computed('amount_in_home_currency', 'number', 'Amount in company currency'),
  computed('hs_is_closed', 'bool', 'Is Deal Closed?'),
  computed('hs_is_closed_won', 'bool', 'Is Closed Won'),
  computed('hs_is_closed_lost', 'bool', 'Is Closed Lost'),
  computed('hs_deal_stage_probability', 'number', 'Deal Stage Probability'),
  computed('hs_projected_amount', 'number', 'Weighted amount'),
  computed('hs_closed_amount', 'number', 'Closed Deal Amount'),
  computed('hs_closed_amount_in_home_currency', 'number', 'Closed Deal Amount in company currency'),
  computed('hs_mrr', 'number', 'Monthly recurring revenue'),
  computed('hs_arr', 'number', 'Annual recurring revenue'),
  computed('hs_acv', 'number', 'Annual contract value'),
  computed('hs_tcv', 'number', 'Total contract value'),
];

const contactFields: readonly Field[] = [
  field('email', 'string', 'Email'),
  field('hs_additional_emails', 'enumeration', 'Additional email addresses', {
    fieldType: 'checkbox',
    externalOptions: true,
  }),
  field('firstname', 'string', 'First Name'),
  field('lastname', 'string', 'Last Name'),
  field('phone', 'string', 'Phone Number', { fieldType: 'phonenumber' }),
  field('company', 'string', 'Company Name'),
  field('jobtitle', 'string', 'Job Title'),
  field('website', 'string', 'Website URL'),
  field('country', 'string', 'Country/Region'),
  field('lifecyclestage', 'enumeration', 'Lifecycle Stage', {
    options: options('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer'),
  }),
  computed('createdate', 'datetime', 'Create Date'),
  computed('lastmodifieddate', 'datetime', 'Last Modified Date'),
];

const industries = (
  [
    ['ACCOUNTING', 'Accounting'],
    ['BANKING', 'Banking'],
    ['COMPUTER_SOFTWARE', 'Computer Software'],
    ['HOSPITAL_HEALTH_CARE', 'Hospital & Health Care'],
    ['LOGISTICS_AND_SUPPLY_CHAIN', 'Logistics and Supply Chain'],
    ['RETAIL', 'Retail'],
  ] as const
).map(([value, label], displayOrder) => ({ value, label, hidden: false, displayOrder }));

const companyFields: readonly Field[] = [
  field('name', 'string', 'Company name'),
  field('domain', 'string', 'Company Domain Name'),
  field('website', 'string', 'Website URL'),
  field('phone', 'string', 'Phone Number', { fieldType: 'phonenumber' }),
  field('city', 'string', 'City'),
  field('country', 'string', 'Country/Region'),
  field('industry', 'enumeration', 'Industry', { options: industries }),
  field('description', 'string', 'Description', { fieldType: 'textarea' }),
  computed('createdate', 'datetime', 'Create Date'),
  computed('hs_lastmodifieddate', 'datetime', 'Last Modified Date'),
];

const lineItemFields: readonly Field[] = [
  field('name', 'string', 'Name'),
  field('quantity', 'number', 'Quantity'),
  field('price', 'number', 'Unit price'),
  field('amount', 'number', 'Net price'),
  field('discount', 'number', 'Unit discount'),
  field('hs_discount_percentage', 'number', 'Unit discount in percent'),
  field('hs_sku', 'string', 'SKU'),
  field('hs_product_id', 'number', 'Product ID'),
  field('hs_line_item_currency_code', 'string', 'Currency'),
  field('recurringbillingfrequency', 'string', 'Billing frequency'),
  field('hs_recurring_billing_period', 'string', 'Term'),
  computed('createdate', 'datetime', 'Create Date'),
  computed('hs_lastmodifieddate', 'datetime', 'Last Modified Date'),
];

const standard: Readonly<Record<string, { readonly group: PropertyGroup; readonly fields: readonly Field[] }>> = {
  deals: { group: { name: 'dealinformation', label: 'Deal information', displayOrder: 0 }, fields: dealFields },
  contacts: {
    group: { name: 'contactinformation', label: 'Contact information', displayOrder: 0 },
    fields: contactFields,
  },
  companies: {
    group: { name: 'companyinformation', label: 'Company information', displayOrder: 0 },
    fields: companyFields,
  },
  line_items: {
    group: { name: 'lineiteminformation', label: 'Line item information', displayOrder: 0 },
    fields: lineItemFields,
  },
};

/** Fills in what the tables above leave out. Also used for the stage timing properties, which come with each stage. */
export function hubspotDefined(fieldLike: Field, groupName: string, at: number): PropertyDefinition {
  return {
    description: '',
    groupName,
    options: [],
    hasUniqueValue: false,
    hidden: false,
    formField: false,
    displayOrder: -1,
    readOnlyValue: false,
    externalOptions: false,
    createdAt: at,
    updatedAt: at,
    ...fieldLike,
    hubspotDefined: true,
  };
}

export function standardGroup(typeName: string): PropertyGroup | undefined {
  return standard[typeName]?.group;
}

/** The properties a fresh account has on this type: the ones the facts sheet names, not all of HubSpot's hundreds. */
export function standardProperties(typeName: string, at: number): readonly PropertyDefinition[] {
  const found = standard[typeName];
  if (found === undefined) return [];
  return [...everyRecord, ...found.fields].map((each) => hubspotDefined(each, found.group.name, at));
}
