import { z } from 'zod';
import { CrmRejected, type DealOutcome, type Pipeline, type Stage } from '../contract.js';
import { apiPaths } from './api.js';
import type { Call } from './call.js';

const operation = 'read pipelines';

const pipelinesShape = z.object({
  results: z.array(
    z.object({
      id: z.string().min(1),
      label: z.string().catch(''),
      displayOrder: z.number().catch(0),
      archived: z.boolean().catch(false),
      stages: z.array(
        z.object({
          id: z.string().min(1),
          label: z.string(),
          displayOrder: z.number().catch(0),
          archived: z.boolean().catch(false),
          metadata: z.record(z.string(), z.unknown()).catch({}),
        }),
      ),
    }),
  ),
});

export interface InitialStage {
  readonly pipelineId: string;
  readonly stageId: string;
}

/** What the account's pipelines say about their stages. */
export interface StageBook {
  /** In the order people see them: pipeline by pipeline. */
  readonly stages: readonly Stage[];
  /** `undefined` for a stage that was deleted, or that is newer than this book. */
  find(stageId: string, pipelineId?: string | null): Stage | undefined;
}

export interface Stages {
  book(): Promise<StageBook>;
  /** A book that was read late enough to know these stages, if the account knows them. */
  bookWith(stageIds: Iterable<string>): Promise<StageBook>;
  /** Where a new deal begins. @throws CrmRejected when no pipeline has an open stage */
  initial(): Promise<InitialStage>;
}

/** People change pipelines seldom; what a stage means is looked up again this often. */
const bookLifeMs = 300_000;
/** A deleted stage stays unknown: do not ask again for every deal that still shows it. */
const unknownStageWaitMs = 30_000;

export function createStages(deps: {
  readonly call: Call;
  readonly elapsedMs: () => number;
  readonly initialStage?: (() => InitialStage | undefined) | undefined;
}): Stages {
  let held: { readonly book: StageBook; readonly readAtMs: number } | null = null;
  let reading: Promise<StageBook> | null = null;

  const read = (): Promise<StageBook> => {
    reading ??= readBook(deps.call)
      .then((book) => {
        held = { book, readAtMs: deps.elapsedMs() };
        return book;
      })
      .finally(() => (reading = null));
    return reading;
  };

  const book = async (oldestMs = bookLifeMs): Promise<StageBook> => {
    const known = held;
    if (known === null) return read();
    if (deps.elapsedMs() - known.readAtMs < oldestMs) return known.book;
    // An old book beats none: while HubSpot is away, what was read before still holds.
    return read().catch(() => known.book);
  };

  return {
    book: () => book(),
    bookWith: async (stageIds) => {
      const first = await book();
      const unknown = [...stageIds].some((stageId) => first.find(stageId) === undefined);
      return unknown ? book(unknownStageWaitMs) : first;
    },
    initial: async () => deps.initialStage?.() ?? firstOpenStage(await book()),
  };
}

async function readBook(call: Call): Promise<StageBook> {
  const stages = (await readPipelines(call)).flatMap((pipeline) =>
    pipeline.stages.map((stage) => ({ ...stage, pipelineId: pipeline.id })),
  );
  return {
    stages,
    find: (stageId, pipelineId) => {
      const named = stages.filter((stage) => stage.id === stageId);
      return named.find((stage) => stage.pipelineId === pipelineId) ?? named[0];
    },
  };
}

/** Every pipeline of deals with its stages, in the order people see them. */
export async function readPipelines(call: Call): Promise<readonly Pipeline[]> {
  const path = apiPaths.pipelines;
  const { results } = await call({ operation, effect: 'read', lane: 'general', method: 'GET', path }, pipelinesShape);
  return results
    .filter((pipeline) => !pipeline.archived)
    .sort(inDisplayOrder)
    .map(({ id, label, stages }) => ({
      id,
      label: label === '' ? id : label,
      stages: stages
        .filter((stage) => !stage.archived)
        .sort(inDisplayOrder)
        .map((stage) => ({ id: stage.id, label: stage.label, outcome: outcomeOf(stage.metadata) })),
    }));
}

function inDisplayOrder(a: { readonly displayOrder: number }, b: { readonly displayOrder: number }): number {
  return a.displayOrder - b.displayOrder;
}

/** Never from the stage's id or label: `closedwon` may mean anything (BEHAVIOR.md). Values are texts: "true", "1.0". */
function outcomeOf(metadata: Readonly<Record<string, unknown>>): DealOutcome {
  if (String(metadata['isClosed']) !== 'true' || metadata['probability'] === undefined) return 'open';
  const probability = Number(metadata['probability']);
  if (probability === 1) return 'won';
  return probability === 0 ? 'lost' : 'open';
}

const defaultPipelineId = 'default';

function firstOpenStage({ stages }: StageBook): InitialStage {
  const open = stages.filter((stage) => stage.outcome === 'open');
  const first = open.find((stage) => stage.pipelineId === defaultPipelineId) ?? open[0];
  if (first === undefined) {
    throw new CrmRejected({
      operation,
      vendorMessage: 'No deal pipeline has an open stage for a new deal to begin in',
    });
  }
  return { pipelineId: first.pipelineId, stageId: first.id };
}
