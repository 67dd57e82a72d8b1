import type { DuplicateRule, Org } from './org.js';
import { OrgFault } from './org-fault.js';
import type { OrgRecord } from './record-store.js';
import type { WriteContext } from './write-context.js';

function matchesOf(org: Org, rule: DuplicateRule, record: OrgRecord): readonly OrgRecord[] {
  const [first, ...rest] = rule.fields;
  const value = first === undefined ? null : (record.values[first] ?? null);
  if (first === undefined || value === null) return [];
  const same = (other: OrgRecord, name: string): boolean => {
    const own = record.values[name] ?? null;
    return own !== null && String(own).toLowerCase() === String(other.values[name] ?? '').toLowerCase();
  };
  return org.records
    .byValue(rule.against ?? rule.entity, first, value)
    .filter((other) => other.id !== record.id && other.deletedBy === null && other.values.IsConverted !== true)
    .filter((other) => rest.every((name) => same(other, name)));
}

function shownMatch(record: OrgRecord, withDetails: boolean): unknown {
  const { id, entity, values } = record;
  const attributes = { type: entity, url: `/services/data/v67.0/sobjects/${entity}/${id}` };
  return {
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes, Id: id, ...(withDetails ? { Name: values.Name ?? null } : {}) },
  };
}

function duplicateResult(rule: DuplicateRule, matches: readonly OrgRecord[], withDetails: boolean): unknown {
  const matchResult = {
    entityType: rule.against ?? rule.entity,
    errors: [],
    matchEngine: 'ExactMatchEngine',
    rule: `${rule.name}_Matching`,
    size: matches.length,
    success: true,
    matchRecords: matches.map((match) => shownMatch(match, withDetails)),
  };
  return {
    allowSave: rule.action === 'alert',
    duplicateRule: rule.name,
    duplicateRuleEntityType: rule.entity,
    errorMessage: 'Use one of these records?',
    matchResults: [matchResult],
  };
}

/** The refusal of the first duplicate rule that finds something; `null` when the record may be saved. */
export function duplicateFault(org: Org, context: WriteContext, record: OrgRecord): OrgFault | null {
  for (const rule of org.duplicateRules.filter(({ entity }) => entity === record.entity)) {
    if (rule.action === 'alert' && context.allowDuplicates) continue;
    const matches = matchesOf(org, rule, record);
    if (matches.length === 0) continue;
    const details = { [org.settings.duplicateKey]: duplicateResult(rule, matches, context.duplicateDetails) };
    return new OrgFault(400, 'DUPLICATES_DETECTED', 'Use one of these records?', [], details);
  }
  return null;
}
