import { z } from 'zod';
import { objectNotFound } from '../account/api-fault.js';
import { findObjectType, objectTypes } from '../account/object-type.js';
import type { Controls } from './controls.js';
import { requireType, tieTo } from './person.js';
import { seedRecords } from './seed.js';

const propertyValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const properties = z.record(z.string(), propertyValue);
const actor = z.enum(['user', 'app']).default('user');

const bodies = {
  create: z.strictObject({ properties, ties: z.array(tieTo).default([]), as: actor }),
  update: z.strictObject({ properties, as: actor }),
  merge: z.strictObject({ type: z.string(), primaryId: z.string(), otherId: z.string() }),
  associate: z.strictObject({ fromType: z.string(), fromId: z.string(), to: tieTo }),
  seed: z.strictObject({ type: z.string(), records: z.array(z.unknown()) }),
} as const;

/** Everything there is, in one piece of JSON. */
function state({ account, calls, faults, webhooks, person }: Controls): unknown {
  const records = objectTypes.map((type) => [
    type.name,
    person.records(type.name).map((record) => ({
      ...record,
      associated: Object.fromEntries(
        objectTypes.map((to) => [to.name, person.associated(type.name, record.id, to.name)]),
      ),
    })),
  ]);
  return {
    portalId: account.portalId,
    settings: account.settings,
    ...Object.fromEntries(records),
    pipelines: account.pipelines.list(),
    required: account.required,
    calls: calls.counts(),
    faults: faults.list(),
    webhooks: webhooks.counts(),
  };
}

/** `/deals`, `/deals/7`, `/deals/7/archive`, `/deals/7/restore`. */
function actOnRecord({ account, person }: Controls, method: string, path: string, body: unknown): unknown {
  const [typeName = '', id, act] = path.split('/').slice(1);
  if (findObjectType(typeName) === undefined) return null;
  const shown = (recordId: string): unknown => {
    const record = person.record(typeName, recordId);
    if (record === undefined) throw objectNotFound([recordId]);
    return record;
  };
  if (method === 'GET' && act === undefined) return id === undefined ? person.records(typeName) : shown(id);
  if (method !== 'POST') return null;
  if (id === undefined) {
    const { properties: given, ties, as } = bodies.create.parse(body);
    return shown(person.createRecord(typeName, given, ties, as));
  }
  if (act === 'archive') {
    person.archiveRecord(typeName, id);
    return shown(id);
  }
  if (act === 'restore') {
    person.restoreRecord(typeName, id);
    return shown(id);
  }
  if (act !== undefined || account.records.resolve(requireType(typeName), id) === undefined) return null;
  const { properties: given, as } = bodies.update.parse(body);
  person.updateRecord(typeName, id, given, as);
  return shown(id);
}

/** The controls that look at records and act on them. Answers `null` for a path that is none of them. */
export function createRecordControls(controls: Controls): (method: string, path: string, body: unknown) => unknown {
  const { account, person } = controls;
  return (method, path, body) => {
    switch (`${method} ${path}`) {
      case 'GET /state':
        return state(controls);
      case 'POST /seed': {
        const { type, records } = bodies.seed.parse(body);
        return { ids: seedRecords(account, type, records) };
      }
      case 'POST /merge': {
        const { type, primaryId, otherId } = bodies.merge.parse(body);
        return { id: person.mergeRecords(type, primaryId, otherId) };
      }
      case 'POST /associate': {
        const { fromType, fromId, to } = bodies.associate.parse(body);
        person.associate(fromType, fromId, to);
        return {};
      }
      default:
        return actOnRecord(controls, method, path, body);
    }
  };
}
