import { z } from 'zod';
import { CrmFailure, CrmRejected, type DealOutcome, type Pipeline, type Stage } from '../contract.js';
import { keepAnswer } from './kept-answer.js';
import type { Call } from './org-access.js';
import { queryRows } from './queries.js';
import { flagOf, textOf, type Row } from './row-values.js';
import { describeObject, type RecordType, type Schema } from './schema.js';
import { soql } from './soql.js';

const operation = 'read stages';

/** What stands for "no record type": all stages belong to it. */
export const masterPipelineId = '012000000000000AAA';

export interface InitialStage {
  readonly pipelineId: string;
  readonly stageId: string;
}

/** What the organisation says about its stages. A pipeline is a record type of Opportunity. */
export interface StageBook {
  /** Stages in use, in the order people see them: pipeline by pipeline. */
  readonly stages: readonly Stage[];
  /** Also those no longer in use, which histories name; `undefined` for one that was renamed or removed. */
  find(stageId: string): { readonly label: string; readonly outcome: DealOutcome } | undefined;
}

export interface Stages {
  book(): Promise<StageBook>;
  /** A book that was read late enough to know these stages, if the organisation knows them. */
  bookWith(stageIds: Iterable<string>): Promise<StageBook>;
  /** Where a new deal begins. @throws CrmRejected when no stage is open */
  initial(): Promise<InitialStage>;
}

/** Administrators change stages seldom, and won and lost are told by the record itself. */
const bookLifeMs = 3_600_000;
/** A stage that was removed stays unknown: do not ask again for every deal that still shows it. */
const unknownStageWaitMs = 60_000;

export function createStages(deps: {
  readonly call: Call;
  readonly schema: Schema;
  readonly initialStage?: (() => InitialStage | undefined) | undefined;
}): Stages {
  const kept = keepAnswer(() => readBook(deps.call, deps.schema), bookLifeMs);
  return {
    book: () => kept.get(),
    bookWith: async (stageIds) => {
      const first = await kept.get();
      const unknown = [...stageIds].some((stageId) => first.find(stageId) === undefined);
      return unknown ? kept.get(unknownStageWaitMs) : first;
    },
    initial: async () => deps.initialStage?.() ?? firstOpenStage(await kept.get()),
  };
}

const stageQuery = soql`SELECT Id, ApiName, MasterLabel, IsActive, IsClosed, IsWon, SortOrder FROM OpportunityStage
  ORDER BY SortOrder`;

async function readBook(call: Call, schema: Schema): Promise<StageBook> {
  const rows = await queryRows(call, operation, { soql: stageQuery });
  const known = new Map(rows.map((row) => [stageIdOf(row), toStage(row)]));
  const pipelines = await toPipelines(call, rows, (await schema.object('Opportunity'))?.recordTypes ?? []);
  const stages = pipelines.flatMap((pipeline) =>
    pipeline.stages.map((stage) => ({ ...stage, pipelineId: pipeline.id })),
  );
  return { stages, find: (stageId) => known.get(stageId) };
}

/** The record types of opportunities with their stages, both in the order people see them. */
export async function readPipelines(call: Call): Promise<readonly Pipeline[]> {
  const rows = await queryRows(call, operation, { soql: stageQuery });
  return toPipelines(call, rows, (await describeObject(call, 'Opportunity'))?.recordTypes ?? []);
}

async function toPipelines(
  call: Call,
  rows: readonly Row[],
  types: readonly RecordType[],
): Promise<readonly Pipeline[]> {
  const active = rows.filter((row) => flagOf(row, 'IsActive')).map((row) => ({ id: stageIdOf(row), ...toStage(row) }));
  const pipelines: Pipeline[] = [];
  for (const { id, label } of inOrder(types)) {
    const offered = await stageIdsOf(call, id);
    pipelines.push({ id, label, stages: active.filter((stage) => offered?.has(stage.id) ?? true) });
  }
  return pipelines;
}

function toStage(row: Row): { readonly label: string; readonly outcome: DealOutcome } {
  return { label: textOf(row, 'MasterLabel') ?? stageIdOf(row), outcome: outcomeOf(row) };
}

/** Where a stage was renamed, records keep its API name. */
function stageIdOf(row: Row): string {
  return textOf(row, 'ApiName') ?? textOf(row, 'MasterLabel') ?? '';
}

/** Never from the words "Closed Won": every organisation names its stages as it likes. */
function outcomeOf(row: Row): DealOutcome {
  if (flagOf(row, 'IsWon')) return 'won';
  return flagOf(row, 'IsClosed') ? 'lost' : 'open';
}

/** The record types of Opportunity, the one new records get first; without any there is one pipeline. */
function inOrder(types: readonly RecordType[]): readonly Pick<Pipeline, 'id' | 'label'>[] {
  if (types.length === 0) return [{ id: masterPipelineId, label: null }];
  const defaultFirst = (type: RecordType): number => (type.defaultRecordTypeMapping ? 0 : 1);
  return [...types]
    .sort((a, b) => defaultFirst(a) - defaultFirst(b))
    .map(({ recordTypeId: id, name }) => ({ id, label: name === '' ? id : name }));
}

const picklistShape = z.object({ values: z.array(z.object({ value: z.string() })) });
const noSuchApi = [403, 404];

/** Which stages a record type offers is told by the user-interface API only; `null` where it is not there: all of them. */
async function stageIdsOf(call: Call, pipelineId: string): Promise<ReadonlySet<string> | null> {
  if (pipelineId === masterPipelineId) return null;
  const path = `/ui-api/object-info/Opportunity/picklist-values/${pipelineId}/StageName`;
  try {
    const { values } = await call({ operation, method: 'GET', path }, picklistShape);
    return new Set(values.map(({ value }) => value));
  } catch (error) {
    const isMissing = error instanceof CrmFailure && noSuchApi.includes(error.httpStatus ?? 0);
    if (isMissing || error instanceof CrmRejected) return null;
    throw error;
  }
}

function firstOpenStage({ stages }: StageBook): InitialStage {
  const first = stages.find((stage) => stage.outcome === 'open');
  if (first !== undefined) return { pipelineId: first.pipelineId, stageId: first.id };
  throw new CrmRejected({ operation, vendorMessage: 'No stage is open for a new opportunity to begin in' });
}
