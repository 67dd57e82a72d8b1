import { CrmFailure, CrmRejected, type WriteBack, type WriteBackResult } from '../contract.js';
import { failureOfFaults } from './errors.js';
import { NotDecimal } from './exact-json.js';
import { fullId, isIdOf } from './ids.js';
import { stampFields } from './our-fields.js';
import type { Call } from './org-access.js';
import { updateRecords, type ChangedRow, type Fields } from './records.js';
import type { Schema } from './schema.js';
import { wordsOf, type VendorFault } from './vendor-words.js';

const operation = 'write the view';

interface Writing {
  readonly call: Call;
  readonly schema: Schema;
  readonly results: Map<string, WriteBackResult>;
}

interface Update {
  readonly crmId: string;
  readonly row: ChangedRow;
  /** Fields that our user does not see and that are therefore left out. */
  readonly hidden: readonly string[];
}

/**
 * Writes the rep's view of many records in one call, on opportunities and Leads. Each record has its own result, so one that is refused
 * keeps none of the others. Writing the same values twice changes nothing, so a failure half way loses nothing. Where a field of ours
 * is missing the others are written, and the result says which is.
 * @throws CrmUnavailable (a row is locked), CrmRateLimited, CrmUnauthorised
 */
export async function writeBack(
  call: Call,
  schema: Schema,
  updates: readonly WriteBack[],
): Promise<readonly WriteBackResult[]> {
  const byId = new Map(updates.map((update) => [update.crmId, update]));
  const writing: Writing = { call, schema, results: new Map() };
  const all = [...byId.values()];
  try {
    await writeAll(writing, await prepare(writing, all));
  } catch (error) {
    if (!(error instanceof CrmRejected)) throw error;
    // An unknown field refuses the call as a whole: an administrator took it away since we looked.
    schema.forget();
    await writeAll(writing, await prepare(writing, all)).catch((again: unknown) => refuseAll(writing, all, again));
  }
  return [...byId.keys()].flatMap((id) => writing.results.get(id) ?? []);
}

function refuseAll({ results }: Writing, updates: readonly WriteBack[], refusal: unknown): void {
  if (!(refusal instanceof CrmRejected)) throw refusal;
  for (const { crmId } of updates) {
    if (!results.has(crmId)) results.set(crmId, { kind: 'rejected', crmId, detail: refusal.vendorMessage });
  }
}

async function prepare({ schema, results }: Writing, updates: readonly WriteBack[]): Promise<readonly Update[]> {
  const prepared: Update[] = [];
  for (const { crmId, stamp } of updates) {
    const id = fullId(crmId);
    const object = id === null ? null : objectOf(id);
    if (id === null || object === null) {
      results.set(crmId, { kind: 'gone', crmId });
      continue;
    }
    try {
      const fields = stampFields(stamp);
      const hidden = await hiddenFields(schema, object, fields);
      const visible = Object.fromEntries(Object.entries(fields).filter(([name]) => !hidden.includes(name)));
      prepared.push({ crmId, row: { object, id, fields: visible }, hidden });
    } catch (error) {
      if (!(error instanceof NotDecimal)) throw error;
      results.set(crmId, { kind: 'rejected', crmId, detail: error.message });
    }
  }
  return prepared;
}

function objectOf(id: string): 'Opportunity' | 'Lead' | null {
  if (isIdOf('Opportunity', id)) return 'Opportunity';
  return isIdOf('Lead', id) ? 'Lead' : null;
}

async function hiddenFields(
  schema: Schema,
  object: 'Opportunity' | 'Lead',
  fields: Fields,
): Promise<readonly string[]> {
  const known = await schema.object(object);
  return Object.keys(fields).filter((name) => known?.field(name)?.updateable !== true);
}

/** Another change is being written to a row just now; a moment later it is free, as a rule. */
async function writeAll(writing: Writing, updates: readonly Update[]): Promise<void> {
  const locked = await write(writing, updates);
  const stillLocked = await write(
    writing,
    locked.map(({ update }) => update),
  );
  // Should somebody make what is missing, the next batch is to notice.
  if (updates.some(({ hidden }) => hidden.length > 0)) writing.schema.forget();
  const [first] = stillLocked;
  if (first !== undefined) throw first.failure;
}

interface Locked {
  readonly update: Update;
  readonly failure: CrmFailure;
}

/** @returns what could not be written now and can be later */
async function write({ call, results }: Writing, updates: readonly Update[]): Promise<readonly Locked[]> {
  // Kinds of records in turns would be cut into many pieces, of which Salesforce takes ten.
  const sorted = [...updates].sort((a, b) => a.row.object.localeCompare(b.row.object));
  const outcomes = await updateRecords(
    call,
    sorted.map(({ row }) => row),
  );
  return sorted.flatMap((update, index) => {
    const outcome = outcomes[index];
    const { crmId } = update;
    if (outcome === undefined || outcome.kind === 'written') {
      results.set(crmId, writtenOrIncomplete(update));
      return [];
    }
    if (isGone(outcome.faults)) {
      results.set(crmId, { kind: 'gone', crmId });
      return [];
    }
    const failure = failureOfFaults(outcome.faults, { operation });
    if (failure.retryable) return [{ update, failure }];
    results.set(crmId, { kind: 'rejected', crmId, detail: wordsOf(outcome.faults) });
    return [];
  });
}

function writtenOrIncomplete({ crmId, row, hidden }: Update): WriteBackResult {
  if (hidden.length === 0) return { kind: 'written', crmId };
  const detail =
    `${row.object} lacks ${hidden.join(', ')}, or our user may not write there; the rest was written. Run "introducer ` +
    'provision", or assign the permission set "Introducer" to our user, then retry';
  return { kind: 'rejected', crmId, detail, lacksFields: true };
}

/** Deleted, merged away, never there, or a Lead that has become an opportunity. */
const goneCodes = ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND', 'CANNOT_UPDATE_CONVERTED_LEAD'];

/** We write no references, so a bad one is the record's own id. */
function isGone(faults: readonly VendorFault[]): boolean {
  return faults.some(({ code }) => code !== undefined && goneCodes.includes(code));
}
