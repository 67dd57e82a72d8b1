import { z } from 'zod';
import type { Account } from '../account/account.js';
import type { WriteSource } from '../account/record.js';
import type { WriteContext } from '../account/write-record.js';
import { prepareCreate, prepareUpdate } from '../account/write-record.js';
import { requireType, tieOf, tieTo } from './person.js';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const moment = z.union([z.date(), z.string()]).transform((given) => new Date(given).getTime());

/** A record that was there before: when it was made, and what happened to it since. */
const seedRecord = z.strictObject({
  properties: z.record(z.string(), value),
  at: moment.optional(),
  changes: z.array(z.strictObject({ at: moment, properties: z.record(z.string(), value) })).default([]),
  ties: z.array(tieTo).default([]),
});
export type SeedRecord = z.input<typeof seedRecord>;

const imported: WriteSource = { changeSource: 'IMPORT', sourceId: 'import:1' };

/**
 * Puts many records in place at once. Nobody is told of them and search sees them immediately.
 * @returns their ids, in order. @throws ApiFault for what the API would refuse.
 */
export function seedRecords(account: Account, typeName: string, records: readonly unknown[]): readonly string[] {
  const type = requireType(typeName);
  const context = (at: number): WriteContext => ({ source: imported, at, enforceRequired: false, quiet: true });
  const ids = records.map((given) => {
    const { properties, at = account.now(), changes, ties } = seedRecord.parse(given);
    const input = { properties, ties: ties.map((tie) => tieOf(account, type, tie)) };
    let record = prepareCreate(account, type, input, context(at)).commit();
    for (const change of changes)
      record = prepareUpdate(account, record, change.properties, context(change.at)).commit();
    return record.id;
  });
  account.search.flush();
  return ids;
}
