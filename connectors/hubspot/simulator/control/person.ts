import { z } from 'zod';
import type { Account, RequiredProperties } from '../account/account.js';
import { objectNotFound, validationError } from '../account/api-fault.js';
import { archiveProperty } from '../account/archive-property.js';
import type { ObjectType } from '../account/object-type.js';
import { findObjectType } from '../account/object-type.js';
import type { Pipeline } from '../account/pipeline-catalogue.js';
import type { RecordJson } from '../account/record-json.js';
import { writtenJson } from '../account/record-json.js';
import { archiveRecord, mergeRecords, purgeRecord, restoreRecord } from '../account/record-lifecycle.js';
import type { CrmRecord, WriteSource } from '../account/record.js';
import type { NewTie, WriteContext } from '../account/write-record.js';
import { prepareCreate, prepareUpdate } from '../account/write-record.js';

/** Who does something: a person in HubSpot's pages, or the app itself, whose changes come back to it as echoes. */
export type Actor = 'user' | 'app';

/** Property values as a caller writes them; `null` or `''` clears. */
export type Properties = Readonly<Record<string, string | number | boolean | null>>;

/** A tie to make with a new record. The unlabelled type always comes along. */
export const tieTo = z.strictObject({ type: z.string(), id: z.string(), primary: z.boolean().default(false) });
export type TieTo = z.input<typeof tieTo>;

/** What people do in the account by hand. Types are named as in the API: `deals`, `contacts`, `companies`. */
export interface Person {
  /** @returns the new record's id. @throws ApiFault as the API refuses it. */
  createRecord(type: string, properties: Properties, ties?: readonly TieTo[], as?: Actor): string;
  updateRecord(type: string, id: string, properties: Properties, as?: Actor): void;
  /** Moves a deal to a stage, as dragging its card does: the close date follows. */
  moveDeal(id: string, stageId: string): void;
  archiveRecord(type: string, id: string): void;
  restoreRecord(type: string, id: string): void;
  /** Deletes a contact for good, as a privacy request does. */
  deleteForPrivacy(contactId: string): void;
  /** @returns the id of the record both became. */
  mergeRecords(type: string, primaryId: string, otherId: string): string;
  associate(fromType: string, fromId: string, to: TieTo): void;
  /** By id, merged-away and archived ones too. */
  record(type: string, id: string): RecordJson | undefined;
  records(type: string): readonly RecordJson[];
  /** Ids of the records of one type that are tied to a record. */
  associated(fromType: string, fromId: string, toType: string): readonly string[];
  /** Adds an administrator's rule. When it is enforced is a setting (`enforceRequired`). */
  requireProperties(rule: RequiredProperties): void;
  clearRequired(): void;
  deleteProperty(type: string, name: string): void;
  /** Sets what a property of choices may hold. */
  setOptions(type: string, name: string, options: readonly { readonly value: string; readonly label: string }[]): void;
  addPipeline(label: string, stages: readonly { readonly label: string; readonly probability: string }[]): Pipeline;
}

/** @throws ApiFault 400 for a type the account does not have. */
export function requireType(name: string): ObjectType {
  const type = findObjectType(name);
  if (type === undefined) throw validationError(`Unable to infer object type from: ${name}`);
  return type;
}

const userId = 5001;

/** How a write by this actor is marked in history and webhooks. Administrators' rules hold in HubSpot's own pages. */
function writeAs(account: Account, actor: Actor): WriteContext & { readonly source: WriteSource } {
  const source: WriteSource =
    actor === 'user'
      ? { changeSource: 'CRM_UI', sourceId: `userId:${userId}`, userId }
      : { changeSource: 'INTEGRATION', sourceId: String(account.appId) };
  return { source, at: account.now(), enforceRequired: false };
}

/** @throws ApiFault 400 when there is no such tie between the two types. */
export function tieOf(account: Account, from: ObjectType, input: TieTo): NewTie {
  const { type, id, primary } = tieTo.parse(input);
  const to = requireType(type);
  const types = account.associationTypes.between(from, to).filter((each) => primary && each.role === 'primary');
  return { to: { type: to, id }, types };
}

export function createPerson(account: Account): Person {
  const live = (type: ObjectType, id: string): CrmRecord => {
    const record = account.records.resolve(type, id);
    if (record === undefined || record.archivedAt !== null) throw objectNotFound([id]);
    return record;
  };
  const updateRecord: Person['updateRecord'] = (type, id, properties, as = 'user') => {
    prepareUpdate(account, live(requireType(type), id), properties, writeAs(account, as)).commit();
  };
  const lifecycle: Pick<Person, 'archiveRecord' | 'restoreRecord' | 'deleteForPrivacy' | 'mergeRecords'> = {
    archiveRecord: (type, id) => archiveRecord(account, requireType(type), id, writeAs(account, 'user')),
    deleteForPrivacy: (id) => purgeRecord(account, requireType('contacts'), id, writeAs(account, 'user')),
    restoreRecord: (type, id) => void restoreRecord(account, requireType(type), id, writeAs(account, 'user')),
    mergeRecords: (type, primaryId, otherId) =>
      mergeRecords(account, requireType(type), { primaryId, otherId }, writeAs(account, 'user')).id,
  };
  const looking: Pick<Person, 'record' | 'records' | 'associated'> = {
    record(type, id) {
      const record = account.records.resolve(requireType(type), id);
      return record === undefined ? undefined : writtenJson(account, record);
    },
    records: (type) => [...account.records.all(requireType(type))].map((record) => writtenJson(account, record)),
    associated: (fromType, id, toType) =>
      account.associations.ties({ type: requireType(fromType), id }, requireType(toType)).map((tie) => tie.toId),
  };
  return {
    ...lifecycle,
    ...looking,
    createRecord(typeName, properties, ties = [], as = 'user') {
      const type = requireType(typeName);
      const input = { properties, ties: ties.map((tie) => tieOf(account, type, tie)) };
      return prepareCreate(account, type, input, writeAs(account, as)).commit().id;
    },
    updateRecord,
    moveDeal: (id, stageId) => updateRecord('deals', id, { dealstage: stageId }),
    associate(fromType, id, to) {
      const tie = tieOf(account, requireType(fromType), to);
      account.associations.link({ type: requireType(fromType), id }, tie.to, tie.types);
    },
    requireProperties: (rule) => void account.required.push({ ...rule, objectType: requireType(rule.objectType).name }),
    clearRequired: () => void account.required.splice(0),
    deleteProperty: (type, name) => archiveProperty(account, requireType(type), name),
    setOptions(typeName, name, options) {
      const type = requireType(typeName);
      const definition = account.properties.find(type, name);
      if (definition === undefined) throw objectNotFound([name]);
      const shown = options.map((option, displayOrder) => ({ ...option, hidden: false, displayOrder }));
      account.properties.replace(type, { ...definition, options: shown, updatedAt: account.now() });
    },
    addPipeline(label, stages) {
      const at = account.now();
      const pipeline: Pipeline = {
        id: account.pipelines.newPipelineId(),
        label,
        displayOrder: account.pipelines.list().length,
        archived: false,
        createdAt: at,
        updatedAt: at,
        stages: stages.map((stage, displayOrder) =>
          account.pipelines.newStage(
            { label: stage.label, displayOrder, metadata: { probability: stage.probability } },
            at,
          ),
        ),
      };
      account.pipelines.put(pipeline);
      return pipeline;
    },
  };
}
