import { randomUUID } from 'node:crypto';
import { checkLocks } from './check-record.js';
import type { RawValues } from './incoming-values.js';
import type { Org } from './org.js';
import { OrgFault } from './org-fault.js';
import type { OrgRecord } from './record-store.js';
import { childrenOf, rewrite } from './record-lifecycle.js';
import type { WriteContext } from './write-context.js';
import { requireLive, updateRecord } from './write-record.js';

const mergeable = ['Lead', 'Contact', 'Account'];
const mostLosers = 2;

export interface Merge {
  readonly masterId: string;
  readonly loserIds: readonly string[];
  /** Values the master takes over, chosen by the person who merges. */
  readonly values?: RawValues;
}

export interface MergeOutcome {
  readonly id: string;
  readonly mergedIds: readonly string[];
  readonly movedIds: readonly string[];
}

function absorb(org: Org, context: WriteContext, master: OrgRecord, loser: OrgRecord): readonly string[] {
  const moved = childrenOf(org, loser).map(({ record, field }) => {
    const child = rewrite(context, record, { [field]: master.id });
    context.tx.changed('UPDATE', child, [field]);
    return child.id;
  });
  const gone = rewrite(context, loser, { IsDeleted: true, MasterRecordId: master.id }, randomUUID());
  context.tx.changed('DELETE', gone, []);
  return moved;
}

/** Merges up to two leads, contacts or accounts into another. The losers are deleted and name their master. @throws OrgFault. */
export function mergeRecords(
  org: Org,
  context: WriteContext,
  { masterId, loserIds, values = {} }: Merge,
): MergeOutcome {
  const master = requireLive(org, masterId);
  const losers = loserIds.map((id) => requireLive(org, id, master.entity));
  const isFit = mergeable.includes(master.entity) && losers.length > 0 && losers.length <= mostLosers;
  if (!isFit || losers.some(({ id }) => id === master.id)) {
    throw new OrgFault(
      400,
      'MERGE_FAILED',
      'Only one or two other leads, contacts or accounts can be merged into one.',
    );
  }
  for (const each of [master, ...losers]) {
    checkLocks(org, each);
    if (each.values.IsConverted === true) {
      throw new OrgFault(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
  }
  const movedIds = losers.flatMap((loser) => absorb(org, context, master, loser));
  updateRecord(org, context, master.id, values);
  return { id: master.id, mergedIds: losers.map(({ id }) => id), movedIds };
}
