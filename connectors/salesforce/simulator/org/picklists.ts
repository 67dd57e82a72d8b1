import type { FieldDefinition, FieldValue } from './field.js';
import type { Org } from './org.js';
import type { OrgRecord } from './record-store.js';

function live(org: Org, entity: string): readonly OrgRecord[] {
  return org.records.all(entity).filter(({ deletedBy }) => deletedBy === null);
}

/** Active stages in their order. */
export function stagesOf(org: Org): readonly OrgRecord[] {
  return live(org, 'OpportunityStage').filter(({ values }) => values.IsActive === true);
}

export function stageNamed(org: Org, name: FieldValue | undefined): OrgRecord | undefined {
  return live(org, 'OpportunityStage').find(({ values }) => values.MasterLabel === name || values.ApiName === name);
}

export function leadStatusNamed(org: Org, name: FieldValue | undefined): OrgRecord | undefined {
  return live(org, 'LeadStatus').find(({ values }) => values.MasterLabel === name || values.ApiName === name);
}

/** The values a picklist has, whatever the record type. */
export function picklistValues(org: Org, entity: string, field: FieldDefinition): readonly string[] {
  const named = (rows: readonly OrgRecord[], key: string): readonly string[] =>
    rows.map(({ values }) => String(values[key]));
  if (entity === 'Opportunity' && field.name === 'StageName') return named(stagesOf(org), 'ApiName');
  if (entity === 'Lead' && field.name === 'Status') return named(live(org, 'LeadStatus'), 'ApiName');
  if (field.name === 'CurrencyIsoCode') return named(live(org, 'CurrencyType'), 'IsoCode');
  return field.values;
}

/** What a record of this type may hold; a type that says nothing allows everything. */
export function allowedValues(
  org: Org,
  entity: string,
  field: FieldDefinition,
  recordTypeId: FieldValue | undefined,
): readonly string[] {
  const limited = typeof recordTypeId === 'string' ? org.recordTypeValues.get(recordTypeId)?.[field.name] : undefined;
  return limited ?? picklistValues(org, entity, field);
}

/** What a new record holds where the caller says nothing. */
export function defaultOf(org: Org, entity: string, field: FieldDefinition): FieldValue {
  if (entity === 'Lead' && field.name === 'Status') {
    const status = live(org, 'LeadStatus').find(({ values }) => values.IsDefault === true);
    return status?.values.ApiName ?? null;
  }
  if (field.name === 'CurrencyIsoCode') return org.settings.corporateCurrency;
  return field.defaultValue;
}
