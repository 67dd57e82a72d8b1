import type { ConvertedLead, LeadConversion } from '../org/convert-lead.js';
import { convertLead } from '../org/convert-lead.js';
import type { FieldMetadata } from '../org/custom-field.js';
import { makeField, removeField } from '../org/custom-field.js';
import type { RawValues } from '../org/incoming-values.js';
import type { MergeOutcome } from '../org/merge-records.js';
import { mergeRecords } from '../org/merge-records.js';
import type { DuplicateRule, Org, ValidationRule } from '../org/org.js';
import { deleteRecord, emptyRecycleBin, undeleteRecord } from '../org/record-lifecycle.js';
import type { OrgRecord } from '../org/record-store.js';
import type { People } from '../org/seed-org.js';
import type { WriteContext } from '../org/write-context.js';
import { createRecord, updateRecord } from '../org/write-record.js';
import type { LateTransaction } from './late-transaction.js';
import { openLate } from './late-transaction.js';

/** What people do in the org by hand. They may write every field and pass no duplicate rule by; validation rules hold. */
export interface Person {
  /** @returns the new record's id. @throws OrgFault as the org refuses it. */
  create(entity: string, values: RawValues): string;
  update(id: string, values: RawValues): void;
  delete(id: string): void;
  undelete(id: string): void;
  emptyRecycleBin(): void;
  convertLead(
    asked: Omit<LeadConversion, 'convertedStatus'> & { readonly convertedStatus?: string | undefined },
  ): ConvertedLead;
  merge(masterId: string, loserIds: readonly string[], values?: RawValues): MergeOutcome;
  /** By 15 or 18 characters, deleted ones too. */
  read(id: string): OrgRecord | undefined;
  /** Those that are not deleted. */
  all(entity: string): readonly OrgRecord[];
  /** A field everybody sees and may edit, unless `visible` is false. @param fullName `Lead.Deal_Size__c`. */
  makeField(fullName: string, metadata: FieldMetadata, visible?: boolean): void;
  removeField(fullName: string): void;
  /** Holds a row, as a long transaction of somebody else does. @returns lets go. */
  lock(id: string): () => void;
  /** Begins a transaction whose writes are stamped when they are made and seen when it commits. */
  begin(): LateTransaction;
  addValidationRule(rule: ValidationRule): void;
  addDuplicateRule(rule: DuplicateRule): void;
  clearRules(): void;
  /** Which picklist values records of a record type may have. */
  limitRecordType(recordTypeId: string, values: Readonly<Record<string, readonly string[]>>): void;
}

const convertedStatus = 'Closed - Converted';

/** How a person saves. */
export function personContext(org: Org, tx: WriteContext['tx']): WriteContext {
  return {
    tx,
    view: org.complete,
    privileged: true,
    allowDuplicates: true,
    duplicateDetails: false,
    autoAssign: false,
  };
}

export function createPerson(org: Org, people: People): Person {
  const write = <T>(act: (context: WriteContext) => T, userId = people.rep): T => {
    const tx = org.begin({ userId, client: null, origin: 'ui' });
    let outcome: T;
    try {
      outcome = act(personContext(org, tx));
    } catch (error) {
      tx.rollback();
      throw error;
    }
    tx.commit();
    return outcome;
  };
  const grant = (context: WriteContext, fullName: string): void => {
    const permission = { ParentId: people.profile, SobjectType: fullName.split('.')[0] ?? '', Field: fullName };
    createRecord(org, context, 'FieldPermissions', { ...permission, PermissionsRead: true, PermissionsEdit: true });
  };
  return {
    create: (entity, values) => write((context) => createRecord(org, context, entity, values)).id,
    update: (id, values) => void write((context) => updateRecord(org, context, id, values)),
    delete: (id) => write((context) => deleteRecord(org, context, id)),
    undelete: (id) => write((context) => undeleteRecord(org, context, id)),
    emptyRecycleBin: () => write((context) => emptyRecycleBin(org, context)),
    convertLead: (asked) =>
      write((context) =>
        convertLead(org, context, { ...asked, convertedStatus: asked.convertedStatus ?? convertedStatus }),
      ),
    merge: (masterId, loserIds, values = {}) =>
      write((context) => mergeRecords(org, context, { masterId, loserIds, values })),
    read: (id) => org.records.find(id),
    all: (entity) => org.records.all(entity).filter(({ deletedBy }) => deletedBy === null),
    makeField: (fullName, metadata, visible = true) =>
      write((context) => {
        makeField(org, context.tx, fullName, metadata);
        if (visible) grant(context, fullName);
      }, people.admin),
    removeField: (fullName) => write(({ tx }) => removeField(org, tx, fullName), people.admin),
    lock: (id) => org.locks.lock(id),
    begin: () => openLate(org, people.rep, personContext),
    addValidationRule: (rule) => void org.validationRules.push(rule),
    addDuplicateRule: (rule) => void org.duplicateRules.push(rule),
    clearRules() {
      org.validationRules.splice(0);
      org.duplicateRules.splice(0);
    },
    limitRecordType: (recordTypeId, values) => void org.recordTypeValues.set(recordTypeId, values),
  };
}
