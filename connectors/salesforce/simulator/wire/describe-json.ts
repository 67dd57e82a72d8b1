import type { FieldDefinition } from '../org/field.js';
import type { ObjectDefinition } from '../org/object-definition.js';
import type { Org } from '../org/org.js';
import { picklistValues } from '../org/picklists.js';
import type { View } from '../org/view.js';

type Json = Readonly<Record<string, unknown>>;

/** What the global describe says of an object, and where its resources are. */
export function objectSummary(object: ObjectDefinition, version: string): Json {
  const { name, label, labelPlural, keyPrefix, createable, updateable, deletable } = object;
  const base = `/services/data/v${version}/sobjects/${name}`;
  return {
    name,
    label,
    labelPlural,
    keyPrefix,
    createable,
    updateable,
    deletable,
    undeletable: deletable,
    custom: name.endsWith('__c'),
    customSetting: false,
    queryable: true,
    retrieveable: true,
    replicateable: object.tracked,
    searchable: object.tracked,
    mergeable: ['Lead', 'Contact', 'Account'].includes(name),
    triggerable: object.tracked,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

function fieldJson(org: Org, view: View, entity: string, field: FieldDefinition): Json {
  const isDecimal = ['currency', 'double', 'percent'].includes(field.type);
  const isIdentifier = field.externalId || field.name === 'Id';
  const values = field.type === 'picklist' ? picklistValues(org, entity, field) : [];
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    length: field.length,
    precision: isDecimal ? 18 : 0,
    scale: isDecimal ? 2 : 0,
    digits: field.type === 'int' ? 8 : 0,
    nillable: !field.required && field.type !== 'boolean' && field.type !== 'id',
    createable: field.createable && view.canEdit(entity, field),
    updateable: field.updateable && view.canEdit(entity, field),
    custom: field.custom,
    externalId: field.externalId,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    idLookup: isIdentifier,
    nameField: field.name === 'Name',
    filterable: field.filterable,
    sortable: field.filterable,
    groupable: field.filterable,
    calculated: false,
    defaultedOnCreate: field.type === 'boolean' || ['OwnerId', 'Status'].includes(field.name),
    defaultValue: field.defaultValue,
    restrictedPicklist: field.restricted,
    picklistValues: values.map((value) => ({ active: true, defaultValue: false, label: value, validFor: null, value })),
    referenceTo: field.reference?.to ?? [],
    relationshipName: field.reference?.name ?? null,
  };
}

function recordTypeInfos(org: Org, entity: string): readonly Json[] {
  const master = {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
  };
  const types = org.records
    .byValue('RecordType', 'SobjectType', entity)
    .filter(({ deletedBy }) => deletedBy === null)
    .map(({ id, values }) => ({
      active: values.IsActive,
      available: true,
      defaultRecordTypeMapping: false,
      developerName: values.DeveloperName,
      master: false,
      name: values.Name,
      recordTypeId: id,
    }));
  return [...types, { ...master, name: 'Master', recordTypeId: '012000000000000AAA' }];
}

/** A full describe, as this user sees the object. */
export function describeJson(org: Org, view: View, object: ObjectDefinition, version: string): Json {
  const childRelationships = org.schema.children(object.name).map((child) => ({
    cascadeDelete: child.field.reference?.onParentDelete === 'cascade',
    childSObject: child.entity,
    deprecatedAndHidden: false,
    field: child.field.name,
    relationshipName: child.name,
    restrictedDelete: false,
  }));
  return {
    ...objectSummary(object, version),
    fields: view.fields(object.name).map((field) => fieldJson(org, view, object.name, field)),
    childRelationships,
    recordTypeInfos: recordTypeInfos(org, object.name),
    supportedScopes: [{ label: 'All', name: 'everything' }],
  };
}
