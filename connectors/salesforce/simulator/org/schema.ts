import type { Feature, FieldDefinition } from './field.js';
import type { ObjectDefinition } from './object-definition.js';
import { salesObjects } from './sales-objects.js';
import { setupObjects } from './setup-objects.js';

/** A reference seen from its parent: `Account` has `Opportunities` through `Opportunity.AccountId`. */
export interface ChildRelationship {
  readonly name: string | null;
  readonly entity: string;
  readonly field: FieldDefinition;
}

/** The objects and fields the org has, whoever looks. Names are found in any case. */
export interface Schema {
  objects(): readonly ObjectDefinition[];
  object(name: string): ObjectDefinition | undefined;
  objectOfId(id: string): ObjectDefinition | undefined;
  field(entity: string, name: string): FieldDefinition | undefined;
  fields(entity: string): readonly FieldDefinition[];
  children(entity: string): readonly ChildRelationship[];
  addField(entity: string, definition: FieldDefinition): void;
  removeField(entity: string, name: string): void;
}

interface KnownObject {
  readonly definition: ObjectDefinition;
  readonly fields: Map<string, FieldDefinition>;
}

/** @param has whether the org has a feature, asked at every look: features can be switched while the org runs. */
export function createSchema(has: (feature: Feature) => boolean): Schema {
  const known = new Map<string, KnownObject>(
    [...salesObjects, ...setupObjects].map((definition) => [
      definition.name.toLowerCase(),
      { definition, fields: new Map(definition.fields.map((field) => [field.name.toLowerCase(), field])) },
    ]),
  );
  const exists = ({ feature }: { readonly feature: Feature | null }): boolean => feature === null || has(feature);
  const find = (name: string): KnownObject | undefined => {
    const object = known.get(name.toLowerCase());
    return object !== undefined && exists(object.definition) ? object : undefined;
  };
  const fields = (entity: string): readonly FieldDefinition[] =>
    [...(find(entity)?.fields.values() ?? [])].filter(exists);
  const objects = (): readonly ObjectDefinition[] =>
    [...known.values()].map(({ definition }) => definition).filter(exists);
  return {
    objects,
    object: (name) => find(name)?.definition,
    objectOfId: (id) => objects().find(({ keyPrefix }) => id.startsWith(keyPrefix)),
    field(entity, name) {
      const field = find(entity)?.fields.get(name.toLowerCase());
      return field !== undefined && exists(field) ? field : undefined;
    },
    fields,
    children: (entity) =>
      objects().flatMap(({ name }) =>
        fields(name)
          .filter(({ reference }) => reference?.to.includes(entity) === true)
          .map((field) => ({ name: field.reference?.children ?? null, entity: name, field })),
      ),
    addField: (entity, definition) => void find(entity)?.fields.set(definition.name.toLowerCase(), definition),
    removeField: (entity, name) => void find(entity)?.fields.delete(name.toLowerCase()),
  };
}
