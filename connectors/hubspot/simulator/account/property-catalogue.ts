import { conflict, objectNotFound, validationError } from './api-fault.js';
import { objectTypes } from './object-type.js';
import type { ObjectType } from './object-type.js';
import type { PropertyDefinition, PropertyGroup } from './property-definition.js';
import { fieldTypesOf } from './property-definition.js';
import { hubspotDefined, standardGroup, standardProperties } from './standard-properties.js';

interface TypeProperties {
  readonly live: Map<string, PropertyDefinition>;
  readonly archived: Map<string, PropertyDefinition>;
  readonly groups: Map<string, PropertyGroup>;
  /** Asked for at every write, so kept apart. */
  readonly unique: Set<string>;
}

/** Every property and property group of the account, per object type. */
export interface PropertyCatalogue {
  find(type: ObjectType, name: string): PropertyDefinition | undefined;
  list(type: ObjectType, archived: boolean): readonly PropertyDefinition[];
  /** Names whose values no two live records may share. */
  uniqueNames(type: ObjectType): ReadonlySet<string>;
  /** @throws ApiFault 409 for a taken name, 400 for a definition HubSpot would refuse. */
  create(type: ObjectType, definition: PropertyDefinition): PropertyDefinition;
  replace(type: ObjectType, definition: PropertyDefinition): void;
  /** @throws ApiFault 404 when there is none, 400 for one that HubSpot itself defined. */
  archive(type: ObjectType, name: string): void;
  groups(type: ObjectType): readonly PropertyGroup[];
  findGroup(type: ObjectType, name: string): PropertyGroup | undefined;
  /** @throws ApiFault 409 for a taken name. */
  createGroup(type: ObjectType, group: PropertyGroup): PropertyGroup;
  replaceGroup(type: ObjectType, group: PropertyGroup): void;
  removeGroup(type: ObjectType, name: string): void;
  /** Every stage brings its own read-only timing properties. */
  addStageTiming(type: ObjectType, stageId: string, at: number): void;
}

const uniquePropertiesPerObject = 10;

function refuseBadDefinition(known: TypeProperties, definition: PropertyDefinition): void {
  const { name, type, fieldType, groupName } = definition;
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw validationError(
      `Property name "${name}" is invalid: use lowercase letters, digits and underscores, letter first.`,
    );
  }
  if (!fieldTypesOf[type].includes(fieldType)) {
    throw validationError(`Invalid fieldType "${fieldType}" for property type "${type}".`);
  }
  if (!known.groups.has(groupName)) {
    throw validationError(`Property group "${groupName}" does not exist.`);
  }
  if (definition.hasUniqueValue && known.unique.size >= uniquePropertiesPerObject) {
    throw validationError(
      `An object may have at most ${String(uniquePropertiesPerObject)} properties with unique values.`,
    );
  }
}

export function createPropertyCatalogue(at: number): PropertyCatalogue {
  const byType = new Map<string, TypeProperties>();
  for (const type of objectTypes) {
    const group = standardGroup(type.name);
    byType.set(type.name, {
      live: new Map(standardProperties(type.name, at).map((each) => [each.name, each])),
      archived: new Map(),
      groups: new Map(group === undefined ? [] : [[group.name, group]]),
      unique: new Set(),
    });
  }
  const of = (type: ObjectType): TypeProperties => {
    const known = byType.get(type.name);
    if (known === undefined) throw objectNotFound([type.name]);
    return known;
  };
  return {
    find: (type, name) => of(type).live.get(name),
    list: (type, archived) => [...of(type)[archived ? 'archived' : 'live'].values()],
    uniqueNames: (type) => of(type).unique,
    create(type, definition) {
      const known = of(type);
      // HubSpot's exact words for a taken name are not established; the status is.
      if (known.live.has(definition.name)) throw conflict(`A property named '${definition.name}' already exists.`);
      refuseBadDefinition(known, definition);
      known.archived.delete(definition.name);
      known.live.set(definition.name, definition);
      if (definition.hasUniqueValue) known.unique.add(definition.name);
      return definition;
    },
    replace: (type, definition) => void of(type).live.set(definition.name, definition),
    archive(type, name) {
      const known = of(type);
      const definition = known.live.get(name);
      if (definition === undefined) throw objectNotFound([name]);
      if (definition.hubspotDefined)
        throw validationError(`Property "${name}" is defined by HubSpot and cannot be archived.`);
      known.live.delete(name);
      known.unique.delete(name);
      known.archived.set(name, definition);
    },
    groups: (type) => [...of(type).groups.values()],
    findGroup: (type, name) => of(type).groups.get(name),
    createGroup(type, group) {
      if (of(type).groups.has(group.name)) throw conflict(`A property group named '${group.name}' already exists.`);
      of(type).groups.set(group.name, group);
      return group;
    },
    replaceGroup: (type, group) => void of(type).groups.set(group.name, group),
    removeGroup(type, name) {
      if (!of(type).groups.delete(name)) throw objectNotFound([name]);
    },
    addStageTiming(type, stageId, stageAt) {
      const known = of(type);
      const groupName = standardGroup(type.name)?.name ?? '';
      for (const moment of ['entered', 'exited'] as const) {
        const name = `hs_v2_date_${moment}_${stageId}`;
        const field = {
          name,
          label: `Date ${moment} ${stageId}`,
          type: 'datetime',
          fieldType: 'date',
          readOnlyValue: true,
        } as const;
        known.live.set(name, hubspotDefined(field, groupName, stageAt));
      }
    },
  };
}
