import type { CrmDeal, DealEdits, DealOutcome, StageChange } from '../contract.js';
import type { HomeCurrency } from './account.js';
import { partnerField, registrationIdField } from './our-fields.js';
import { dayOf, flagOf, idOf, momentOf, textOf, type Row } from './row-values.js';
import type { Schema } from './schema.js';
import { masterPipelineId, type StageBook, type Stages } from './stages.js';

export const modifiedField = 'SystemModstamp';

/** What every opportunity has. Custom fields and those that come with a feature are asked for where they can be seen. */
const opportunityFields = [
  'Id',
  'IsDeleted',
  'Name',
  'StageName',
  'Amount',
  'CloseDate',
  'OwnerId',
  'IsClosed',
  'IsWon',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  modifiedField,
] as const;
const optionalOpportunityFields = [
  'RecordTypeId',
  'CurrencyIsoCode',
  'LastStageChangeDate',
  registrationIdField,
  partnerField,
] as const;

/** A mapped field that begins so is summed over the line items: `OpportunityLineItem.TotalPrice`. */
const lineItemPrefix = /^OpportunityLineItem\./i;

/** Rows that belong to one opportunity. */
export interface Surroundings {
  /** Its stage history, oldest first; `null` when it was not asked for. */
  readonly history: readonly Row[] | null;
  readonly lineItems: readonly Row[];
}

/** Turns records of Salesforce into deals of the contract. */
export interface DealMapping {
  /** Ask Salesforce for these. */
  readonly opportunityFields: readonly string[];
  /** Fields of line items that are summed; without any, line items need not be read. */
  readonly lineItemFields: readonly string[];
  /** Opportunities as deals. Looks up stages it does not know yet. @throws as `stages` */
  toDeals(rows: readonly Row[], surroundings?: (opportunityId: string) => Surroundings): Promise<readonly CrmDeal[]>;
}

/**
 * Made anew for each call: what is asked for and what is made of the answer must be the same fields. Mapped fields that our user
 * cannot see are empty.
 */
export async function createDealMapping(deps: {
  readonly schema: Schema;
  readonly stages: Stages;
  readonly currency: HomeCurrency;
  readonly fieldMap: readonly string[];
}): Promise<DealMapping> {
  const { schema, fieldMap } = deps;
  const ofItems = fieldMap.filter((name) => lineItemPrefix.test(name));
  const ofDeals = fieldMap.filter((name) => !lineItemPrefix.test(name));
  const [visibleOptional, visibleMapped, lineItemFields] = await Promise.all([
    schema.visible('Opportunity', optionalOpportunityFields),
    schema.visible('Opportunity', ofDeals),
    schema.visible('OpportunityLineItem', ofItems.map(lineItemField)),
  ]);
  // With several currencies every record says its own.
  const home = visibleOptional.includes('CurrencyIsoCode') ? null : await deps.currency.get();
  return {
    opportunityFields: [...opportunityFields, ...visibleOptional, ...visibleMapped],
    lineItemFields,
    toDeals: async (rows, surroundings) => {
      if (rows.length === 0) return [];
      const around = (row: Row): Surroundings => surroundings?.(idOf(row)) ?? { history: null, lineItems: [] };
      const book = await deps.stages.bookWith(rows.flatMap((row) => stagesNamedBy(row, around(row).history)));
      return rows.map((row) => ({
        ...toDeal(row, book, around(row).history, home),
        fields: Object.fromEntries(fieldMap.map((name) => [name, mappedValue(name, row, around(row).lineItems)])),
      }));
    },
  };
}

function mappedValue(name: string, row: Row, lineItems: readonly Row[]): string | null {
  return lineItemPrefix.test(name) ? sumOver(lineItems, lineItemField(name)) : textOf(row, name);
}

function lineItemField(mapped: string): string {
  return mapped.replace(lineItemPrefix, '');
}

function stagesNamedBy(row: Row, history: readonly Row[] | null): readonly string[] {
  return [row, ...(history ?? [])].flatMap((one) => textOf(one, 'StageName') ?? []);
}

function toDeal(
  row: Row,
  book: StageBook,
  history: readonly Row[] | null,
  homeCurrency: string | null,
): Omit<CrmDeal, 'fields'> {
  const stageId = textOf(row, 'StageName');
  const outcome = outcomeOf(row);
  return {
    crmDealId: idOf(row),
    name: textOf(row, 'Name'),
    pipelineId: textOf(row, 'RecordTypeId') ?? masterPipelineId,
    stageId,
    stageLabel: stageId === null ? null : (book.find(stageId)?.label ?? stageId),
    outcome,
    amount: textOf(row, 'Amount'),
    currency: textOf(row, 'CurrencyIsoCode') ?? homeCurrency,
    closeDate: dayOf(row, 'CloseDate'),
    ownerId: textOf(row, 'OwnerId'),
    registrationId: textOf(row, registrationIdField),
    partner: textOf(row, partnerField),
    // Opportunities cannot be merged in Salesforce.
    mergedIds: [],
    createdAt: momentOf(row, 'CreatedDate'),
    modifiedAt: momentOf(row, modifiedField),
    stageHistory: history === null ? null : stageHistory(row, history, book, outcome),
    edits: editsOf(row),
  };
}

/** A record says who saved it last, and not which field; nothing else tells that in every organisation. */
function editsOf(row: Row): DealEdits {
  const edit = { by: textOf(row, 'LastModifiedById'), how: null, at: momentOf(row, 'LastModifiedDate') };
  return { amount: edit, closeDate: edit, registrationId: edit, partner: edit };
}

/** The record's own verdict, which follows from its stage and does not depend on what the stage is called. */
function outcomeOf(row: Row): DealOutcome {
  if (flagOf(row, 'IsWon')) return 'won';
  return flagOf(row, 'IsClosed') ? 'lost' : 'open';
}

/**
 * Salesforce writes a row of history also when only the amount or the close date changes, so rows of one stage are one entry. The
 * stage the deal stands in has the deal's own outcome. Where history does not end in it, as after a stage was renamed, the deal's
 * own date of its last change of stage does.
 */
function stageHistory(
  row: Row,
  history: readonly Row[],
  book: StageBook,
  outcome: DealOutcome,
): readonly StageChange[] {
  const now = textOf(row, 'StageName');
  const changes: StageChange[] = [];
  for (const entry of history) {
    const [stageId, at] = [textOf(entry, 'StageName'), momentOf(entry, 'CreatedDate')];
    if (stageId === null || at === null || changes.at(-1)?.stageId === stageId) continue;
    changes.push({ at, stageId, outcome: stageId === now ? outcome : (book.find(stageId)?.outcome ?? 'open') });
  }
  const changedAt = momentOf(row, 'LastStageChangeDate');
  if (now !== null && changedAt !== null && changes.length > 0 && changes.at(-1)?.stageId !== now) {
    changes.push({ at: changedAt, stageId: now, outcome });
  }
  return changes;
}

/** The exact sum of a field over rows, as decimal text; `null` when no row has it. */
function sumOver(rows: readonly Row[], field: string): string | null {
  const parts = rows.flatMap((row) => {
    const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(textOf(row, field) ?? '') ?? [];
    return whole === '' ? [] : [{ sign, whole, fraction }];
  });
  if (parts.length === 0) return null;
  const scale = Math.max(...parts.map(({ fraction }) => fraction.length));
  const sum = parts.reduce(
    (total, { sign, whole, fraction }) => total + BigInt(`${sign}${whole}${fraction.padEnd(scale, '0')}`),
    0n,
  );
  const digits = String(sum < 0n ? -sum : sum).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const right = digits.slice(point).replace(/0+$/, '');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, point)}${right === '' ? '' : `.${right}`}`;
}
