import type { FieldDefinition } from './field.js';
import type { ObjectDefinition } from './object-definition.js';
import type { RecordStore } from './record-store.js';
import type { Schema } from './schema.js';

/** The org as one user sees it: a custom field is there only for whom a permission set grants it. */
export interface View {
  objects(): readonly ObjectDefinition[];
  object(name: string): ObjectDefinition | undefined;
  fields(entity: string): readonly FieldDefinition[];
  field(entity: string, name: string): FieldDefinition | undefined;
  canEdit(entity: string, field: FieldDefinition): boolean;
}

/** Sees and may do everything: what the org itself looks through. */
export function completeView(schema: Schema): View {
  return {
    objects: () => schema.objects(),
    object: (name) => schema.object(name),
    fields: (entity) => schema.fields(entity),
    field: (entity, name) => schema.field(entity, name),
    canEdit: () => true,
  };
}

interface Grants {
  readonly read: ReadonlySet<string>;
  readonly edit: ReadonlySet<string>;
}

const permissionEntities = ['PermissionSet', 'FieldPermissions', 'PermissionSetAssignment'];

function grantsOf(records: RecordStore, userId: string): Grants {
  const read = new Set<string>();
  const edit = new Set<string>();
  const isThere = ({ deletedBy }: { readonly deletedBy: string | null }): boolean => deletedBy === null;
  for (const assignment of records.byValue('PermissionSetAssignment', 'AssigneeId', userId).filter(isThere)) {
    const setId = assignment.values.PermissionSetId ?? null;
    for (const { values } of records.byValue('FieldPermissions', 'ParentId', setId).filter(isThere)) {
      const name = String(values.Field).toLowerCase();
      if (values.PermissionsRead === true) read.add(name);
      if (values.PermissionsEdit === true) edit.add(name);
    }
  }
  return { read, edit };
}

export function createView(schema: Schema, records: RecordStore, userId: string): View {
  let cached: { readonly versions: string; readonly grants: Grants } | null = null;
  const grants = (): Grants => {
    const versions = permissionEntities.map((entity) => records.version(entity)).join();
    if (cached?.versions !== versions) cached = { versions, grants: grantsOf(records, userId) };
    return cached.grants;
  };
  const key = (entity: string, { name }: FieldDefinition): string => `${entity}.${name}`.toLowerCase();
  const isSeen = (entity: string, field: FieldDefinition): boolean =>
    !field.custom || field.required || grants().read.has(key(entity, field));
  return {
    objects: () => schema.objects(),
    object: (name) => schema.object(name),
    fields: (entity) => schema.fields(entity).filter((field) => isSeen(entity, field)),
    field(entity, name) {
      const field = schema.field(entity, name);
      return field !== undefined && isSeen(entity, field) ? field : undefined;
    },
    canEdit: (entity, field) => !field.custom || field.required || grants().edit.has(key(entity, field)),
  };
}
