import type { CrmDeal, DealEdit, DealEdits, DealOutcome, StageChange } from '../contract.js';
import { partnerProperty, registrationIdProperty } from './properties.js';
import type { CrmRecord } from './records.js';
import type { StageBook, Stages } from './stages.js';

const stageProperty = 'dealstage';
export const modifiedProperty = 'hs_lastmodifieddate';

/** What is read of every deal, beside the fields the program maps. */
const dealProperties = [
  'dealname',
  'pipeline',
  stageProperty,
  'amount',
  'deal_currency_code',
  'closedate',
  'hubspot_owner_id',
  'createdate',
  modifiedProperty,
  'hs_is_closed',
  'hs_is_closed_won',
  'hs_merged_object_ids',
  registrationIdProperty,
  partnerProperty,
] as const;

/** Whoever changed these after a win is asked for with the stages, which costs no further call. */
const editedProperties = {
  amount: 'amount',
  closeDate: 'closedate',
  registrationId: registrationIdProperty,
  partner: partnerProperty,
} as const;

/** Turns records of HubSpot into deals of the contract. */
export interface DealMapping {
  /** Ask HubSpot for these. */
  readonly properties: readonly string[];
  /** Ask for the history of these where history is wanted. */
  readonly historyOf: readonly string[];
  /** Looks up stages it does not know yet. @throws as `stages` */
  toDeals(records: readonly CrmRecord[]): Promise<readonly CrmDeal[]>;
}

export function createDealMapping(deps: {
  readonly stages: Stages;
  readonly fieldMap: readonly string[];
}): DealMapping {
  return {
    properties: [...new Set([...dealProperties, ...deps.fieldMap])],
    historyOf: [stageProperty, ...Object.values(editedProperties)],
    toDeals: async (records) => {
      if (records.length === 0) return [];
      const book = await deps.stages.bookWith(records.flatMap(stagesNamedBy));
      return records.map((record) => toDeal(record, book, deps.fieldMap));
    },
  };
}

/** What no database keeps is no reason to lose a deal: NUL characters go, half a surrogate pair becomes a replacement. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

function stagesNamedBy(record: CrmRecord): readonly string[] {
  const past = record.propertiesWithHistory?.[stageProperty] ?? [];
  return [record.properties[stageProperty] ?? '', ...past.map((entry) => entry.value ?? '')].filter((id) => id !== '');
}

function toDeal(record: CrmRecord, book: StageBook, fieldMap: readonly string[]): CrmDeal {
  const value = (name: string): string | null => {
    const text = record.properties[name];
    return text === undefined || text === null || text === '' ? null : storable(text);
  };
  const stageId = value(stageProperty);
  const pipelineId = value('pipeline');
  const stage = stageId === null ? undefined : book.find(stageId, pipelineId);
  const outcome = outcomeOf(value('hs_is_closed_won'), value('hs_is_closed'), stage?.outcome);
  return {
    crmDealId: record.id,
    name: value('dealname'),
    pipelineId,
    stageId,
    stageLabel: stage?.label ?? null,
    outcome,
    amount: value('amount'),
    currency: value('deal_currency_code'),
    closeDate: dayOf(value('closedate')),
    ownerId: value('hubspot_owner_id'),
    registrationId: value(registrationIdProperty),
    partner: value(partnerProperty),
    mergedIds: (value('hs_merged_object_ids') ?? '').split(';').filter((id) => id !== ''),
    createdAt: instant(value('createdate')),
    modifiedAt: instant(value(modifiedProperty)),
    stageHistory: historyOf(record, book, { stageId, pipelineId, outcome }),
    ...(record.propertiesWithHistory == null ? {} : { edits: editsOf(record) }),
    fields: Object.fromEntries(fieldMap.map((name) => [name, value(name)])),
  };
}

function editsOf(record: CrmRecord): DealEdits {
  const entries = Object.entries(editedProperties).flatMap(([field, name]): [string, DealEdit][] => {
    // Newest first.
    const last = record.propertiesWithHistory?.[name]?.[0];
    if (last === undefined) return [];
    const by = last.updatedByUserId == null ? (last.sourceId ?? null) : String(last.updatedByUserId);
    return [[field, { by, how: last.sourceType ?? null, at: instant(last.timestamp) }]];
  });
  return Object.fromEntries(entries);
}

/** The day in UTC; a year beyond 9999 is a typing error, not a day. */
function dayOf(text: string | null): string | null {
  const day = instant(text)?.slice(0, 'YYYY-MM-DD'.length) ?? null;
  return day !== null && /^\d{4}-/.test(day) ? day : null;
}

/** HubSpot's own verdict first; it is missing where the app may not see it, and then the stage tells. */
function outcomeOf(closedWon: string | null, closed: string | null, ofStage: DealOutcome | undefined): DealOutcome {
  if (closedWon === 'true') return 'won';
  if (ofStage !== undefined) return ofStage;
  return closed === 'true' ? 'lost' : 'open';
}

/** HubSpot sends ISO texts; a datetime may also come as epoch milliseconds. Anything else is no instant. */
function instant(text: string | null): string | null {
  if (text === null) return null;
  const date = new Date(/^-?\d+$/.test(text) ? Number(text) : text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/**
 * Newest first at HubSpot, oldest first here. The stage the deal stands in has the deal's own outcome, so that a won stage
 * deleted from its pipeline still counts as won.
 */
function historyOf(
  record: CrmRecord,
  book: StageBook,
  now: { readonly stageId: string | null; readonly pipelineId: string | null; readonly outcome: DealOutcome },
): readonly StageChange[] | null {
  const entries = record.propertiesWithHistory?.[stageProperty];
  if (entries === undefined) return null;
  return entries
    .toReversed()
    .flatMap(({ value, timestamp }) => {
      if (value === null || value === '') return [];
      const outcome = value === now.stageId ? now.outcome : (book.find(value, now.pipelineId)?.outcome ?? 'open');
      return [{ at: new Date(timestamp).toISOString(), stageId: value, outcome }];
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
