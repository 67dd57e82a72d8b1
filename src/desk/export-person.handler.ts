import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import type { Json } from '../platform/json.js';
import { findTraces } from '../platform/personal-data.store.js';
import type { Secrets } from '../platform/secrets.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { normaliseEmail } from '../registration/matching.js';
import { personalData } from './desk-personal-data.js';
import { createContactHash, personalPlaces, recognisePerson } from './erase-person.handler.js';

/** What is held in one table. */
export interface HeldThere {
  readonly table: string;
  readonly records: readonly Json[];
}

export type ExportPerson = (
  uow: UnitOfWork,
  request: { readonly email: string; readonly actor: Actor },
) => Promise<readonly HeldThere[]>;

/** Gathers what is held about a person, from the places an erasure would empty. That it was read is noted, by keyed hash. */
export function createExportPerson({ secrets }: { readonly secrets: Secrets }): ExportPerson {
  const places = personalPlaces(secrets);
  const hashOf = createContactHash(secrets);
  return async (uow, { email, actor }) => {
    const address = normaliseEmail(email);
    const keyed = hashOf(address);
    const person = await recognisePerson(uow.trx, places, address, keyed);
    const held: HeldThere[] = [];
    for (const { table, find } of places) held.push({ table, records: await find(uow.trx, person) });
    for (const table of personalData) {
      // Answers kept for a day repeat what stands elsewhere, and earlier exports.
      if (table.table === 'idempotency_keys') continue;
      const traces = await findTraces(uow.trx, table, person);
      held.push({ table: table.table, records: traces.map(({ key, holds }) => ({ ...key, ...holds })) });
    }
    const found = held.filter(({ records }) => records.length > 0);
    await recordAudit(uow, {
      actor,
      action: 'contact.export',
      subject: { type: 'contact', id: keyed },
      details: { tables: found.map(({ table, records }) => `${table}: ${String(records.length)}`) },
    });
    return found;
  };
}
