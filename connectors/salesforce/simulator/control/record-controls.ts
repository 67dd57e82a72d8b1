import { z } from 'zod';
import { fieldMetadata } from '../org/custom-field.js';
import { OrgFault, notFound } from '../org/org-fault.js';
import type { Control, Controls } from './controls.js';
import type { LateTransaction } from './late-transaction.js';
import { seedRecords } from './seed.js';

const values = z.record(z.string(), z.unknown());
const id = z.string();

const bodies = {
  create: z.strictObject({ entity: z.string(), values }),
  update: z.strictObject({ id, values }),
  one: z.strictObject({ id }),
  all: z.strictObject({ entity: z.string() }),
  seed: z.strictObject({ entity: z.string(), records: z.array(values), at: z.number().optional() }),
  convert: z.strictObject({
    leadId: id,
    convertedStatus: z.string().optional(),
    accountId: id.optional(),
    contactId: id.optional(),
    opportunityId: id.optional(),
    opportunityName: z.string().optional(),
    doNotCreateOpportunity: z.boolean().optional(),
    overwriteLeadSource: z.boolean().optional(),
    ownerId: id.optional(),
  }),
  merge: z.strictObject({ masterId: id, loserIds: z.array(id), values: values.default({}) }),
  field: z.strictObject({ fullName: z.string(), metadata: fieldMetadata, visible: z.boolean().default(true) }),
  fullName: z.strictObject({ fullName: z.string() }),
  validation: z.strictObject({
    entity: z.string(),
    errorWhen: z.string(),
    message: z.string(),
    field: z.string().optional(),
    errorCode: z.string().optional(),
  }),
  duplicates: z.strictObject({
    entity: z.string(),
    name: z.string(),
    action: z.enum(['alert', 'block']),
    against: z.string().optional(),
    fields: z.array(z.string()).min(1),
  }),
  recordType: z.strictObject({ id, values: z.record(z.string(), z.array(z.string())) }),
  late: z.strictObject({
    transaction: z.string(),
    create: z.strictObject({ entity: z.string(), values }).optional(),
    update: z.strictObject({ id, values }).optional(),
    delete: id.optional(),
  }),
  transaction: z.strictObject({ transaction: z.string() }),
} as const;

/** Transactions that stay open between two control calls. */
function lateControls({ person }: Controls): Readonly<Record<string, Control>> {
  const open = new Map<string, LateTransaction>();
  const find = (name: string): LateTransaction => {
    const transaction = open.get(name);
    if (transaction === undefined) throw notFound();
    return transaction;
  };
  const end = (body: unknown, act: (transaction: LateTransaction) => void): void => {
    const { transaction } = bodies.transaction.parse(body);
    const found = find(transaction);
    open.delete(transaction);
    act(found);
  };
  let last = 0;
  return {
    'POST /late/begin': () => {
      const transaction = `late-${(last += 1)}`;
      open.set(transaction, person.begin());
      return { transaction };
    },
    'POST /late/write': (body) => {
      const { transaction, create, update, delete: gone } = bodies.late.parse(body);
      const found = find(transaction);
      if (update !== undefined) found.update(update.id, update.values);
      if (gone !== undefined) found.delete(gone);
      return create === undefined ? {} : { id: found.create(create.entity, create.values) };
    },
    'POST /late/commit': (body) => end(body, (transaction) => transaction.commit()),
    'POST /late/rollback': (body) => end(body, (transaction) => transaction.rollback()),
  };
}

function lockControls({ person }: Controls): Readonly<Record<string, Control>> {
  const held = new Map<string, () => void>();
  return {
    'POST /lock': (body) => {
      const asked = bodies.one.parse(body);
      held.get(asked.id)?.();
      held.set(asked.id, person.lock(asked.id));
      return {};
    },
    'POST /unlock': (body) => {
      const asked = bodies.one.parse(body);
      held.get(asked.id)?.();
      held.delete(asked.id);
      return {};
    },
  };
}

function ruleControls({ person }: Controls): Readonly<Record<string, Control>> {
  return {
    'POST /rules/validation': (body) => person.addValidationRule(bodies.validation.parse(body)),
    'POST /rules/duplicates': (body) => person.addDuplicateRule(bodies.duplicates.parse(body)),
    'POST /rules/record-type': (body) => {
      const { id: recordTypeId, values: allowed } = bodies.recordType.parse(body);
      person.limitRecordType(recordTypeId, allowed);
    },
    'POST /rules/clear': () => person.clearRules(),
    'POST /fields': (body) => {
      const { fullName, metadata, visible } = bodies.field.parse(body);
      person.makeField(fullName, metadata, visible);
    },
    'POST /fields/delete': (body) => person.removeField(bodies.fullName.parse(body).fullName),
  };
}

/** What a person does to records, as controls. */
export function recordControls(controls: Controls): Readonly<Record<string, Control>> {
  const { person, org, people } = controls;
  return {
    'GET /people': () => ({ ...people, organization: org.id }),
    'POST /records/create': (body) => {
      const { entity, values: given } = bodies.create.parse(body);
      return { id: person.create(entity, given) };
    },
    'POST /records/seed': (body) => {
      const { entity, records, at } = bodies.seed.parse(body);
      return { ids: seedRecords(org, people.rep, entity, records, at) };
    },
    'POST /records/update': (body) => {
      const { id: recordId, values: given } = bodies.update.parse(body);
      person.update(recordId, given);
    },
    'POST /records/delete': (body) => person.delete(bodies.one.parse(body).id),
    'POST /records/undelete': (body) => person.undelete(bodies.one.parse(body).id),
    'POST /records/read': (body) => {
      const record = person.read(bodies.one.parse(body).id);
      if (record === undefined) throw notFound();
      return { entity: record.entity, ...record.values };
    },
    'POST /records/list': (body) => {
      const { entity } = bodies.all.parse(body);
      if (org.schema.object(entity) === undefined) throw new OrgFault(404, 'INVALID_TYPE', `no object ${entity}`);
      return person.all(entity).map((record) => record.values);
    },
    'POST /records/convert': (body) => person.convertLead(bodies.convert.parse(body)),
    'POST /records/merge': (body) => person.merge(...mergeArguments(body)),
    'POST /recycle-bin/empty': () => person.emptyRecycleBin(),
    ...ruleControls(controls),
    ...lateControls(controls),
    ...lockControls(controls),
  };
}

function mergeArguments(body: unknown): readonly [string, readonly string[], Readonly<Record<string, unknown>>] {
  const { masterId, loserIds, values: given } = bodies.merge.parse(body);
  return [masterId, loserIds, given];
}
