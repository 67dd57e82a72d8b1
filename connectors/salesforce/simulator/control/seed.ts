import type { RawValues } from '../org/incoming-values.js';
import type { Org } from '../org/org.js';
import { createRecord } from '../org/write-record.js';
import { personContext } from './person.js';

/**
 * Puts records in place in one transaction, as an import does.
 *
 * @param at epoch milliseconds they were made at; now unless said.
 * @returns their ids, in order. @throws OrgFault as the org refuses the first that does not fit; none is there then.
 */
export function seedRecords(
  org: Org,
  userId: string,
  entity: string,
  records: readonly RawValues[],
  at?: number,
): readonly string[] {
  const tx = org.begin({ userId, client: null, origin: 'ui' });
  if (at !== undefined) tx.at = at;
  try {
    const context = personContext(org, tx);
    const ids = records.map((values) => createRecord(org, context, entity, values).id);
    tx.commit();
    return ids;
  } catch (error) {
    tx.rollback();
    throw error;
  }
}
