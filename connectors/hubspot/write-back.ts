import { CrmGone, CrmRejected, type WriteBack, type WriteBackResult } from '../contract.js';
import type { Call } from './call.js';
import { RejectedProperties } from './errors.js';
import { stampProperties } from './properties.js';
import { readRecords, updateRecords, type BatchAnswer } from './records.js';
import { isMissingProperty, readableMessage } from './vendor-message.js';

type Results = Map<string, WriteBackResult>;

/**
 * Writes the rep's view of many deals in one call. HubSpot refuses a batch as a whole for one bad record; then deals that are
 * gone are left out, and what is still refused is halved until the bad ones stand alone. Writing the same values twice changes
 * nothing, so a failure half way loses nothing. @throws CrmUnavailable, CrmRateLimited, CrmUnauthorised
 */
export async function writeBack(call: Call, updates: readonly WriteBack[]): Promise<readonly WriteBackResult[]> {
  const byId = new Map(updates.map((update) => [update.crmId, update]));
  const results: Results = new Map();
  await write(call, [...byId.values()], results);
  return [...byId.keys()].flatMap((id) => results.get(id) ?? []);
}

async function write(call: Call, updates: readonly WriteBack[], results: Results): Promise<void> {
  if (updates.length === 0) return;
  try {
    const inputs = updates.map(({ crmId, stamp }) => ({ id: crmId, properties: stampProperties(stamp) }));
    await settle(call, updates, await updateRecords(call, 'deals', inputs), results);
  } catch (error) {
    if (!(error instanceof CrmRejected || error instanceof CrmGone)) throw error;
    await writeAround(call, updates, error, results);
  }
}

/** A partly done batch: what is not in the results was refused by itself, or is gone. */
async function settle(call: Call, updates: readonly WriteBack[], answer: BatchAnswer, results: Results): Promise<void> {
  const done = new Set(answer.results.map((record) => record.id));
  for (const { crmId } of updates) if (done.has(crmId)) results.set(crmId, { kind: 'written', crmId });
  const left = updates.filter(({ crmId }) => !done.has(crmId));
  if (left.length === 0) return;
  const there = await stillThere(call, left);
  for (const { crmId } of left) {
    const detail = readableMessage(207, faultAbout(crmId, answer.errors ?? []));
    results.set(crmId, there.has(crmId) ? { kind: 'rejected', crmId, detail } : { kind: 'gone', crmId });
  }
}

/** The fault that names this record, else the first: their form is not the same for every cause. */
function faultAbout(crmId: string, faults: readonly unknown[]): unknown {
  return faults.find((fault) => JSON.stringify(fault).includes(`"${crmId}"`)) ?? faults[0];
}

async function writeAround(
  call: Call,
  updates: readonly WriteBack[],
  refusal: CrmRejected | CrmGone,
  results: Results,
): Promise<void> {
  const there = await stillThere(call, updates);
  const [left, gone] = [updates.filter((one) => there.has(one.crmId)), updates.filter((one) => !there.has(one.crmId))];
  for (const { crmId } of gone) results.set(crmId, { kind: 'gone', crmId });
  if (gone.length > 0) return write(call, left, results);
  if (left.length === 1 || concernsEveryDeal(refusal)) {
    const detail = refusal.vendorMessage;
    for (const { crmId } of left) results.set(crmId, { kind: 'rejected', crmId, detail });
    return;
  }
  const middle = Math.ceil(left.length / 2);
  await write(call, left.slice(0, middle), results);
  await write(call, left.slice(middle), results);
}

/** A property that does not exist does not exist for any of them; halving would only ask the same question again. */
function concernsEveryDeal(refusal: CrmRejected | CrmGone): boolean {
  return refusal instanceof RejectedProperties && refusal.faults.every(isMissingProperty);
}

/** Ids that still name a deal of their own: not deleted, not archived, not merged into another. */
async function stillThere(call: Call, updates: readonly WriteBack[]): Promise<ReadonlySet<string>> {
  const ids = updates.map((update) => update.crmId);
  const records = await readRecords(call, 'deals', ids, { properties: [] });
  return new Set(records.map((record) => record.id));
}
