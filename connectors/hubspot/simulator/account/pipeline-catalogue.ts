import { objectNotFound, validationError } from './api-fault.js';

export type StageOutcome = 'open' | 'won' | 'lost';

export interface Stage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly isClosed: boolean;
  /** Decimal string from 0.0 (lost when closed) to 1.0 (won when closed). */
  readonly probability: string;
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stages: readonly Stage[];
}

/** What a caller says of a stage. HubSpot derives "closed" from probability 0.0 or 1.0 unless told otherwise. */
export interface StageDraft {
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** The deal pipelines of the account. Other object types have none here. */
export interface PipelineCatalogue {
  list(): readonly Pipeline[];
  find(pipelineId: string): Pipeline | undefined;
  /** @throws ApiFault 404 */
  require(pipelineId: string): Pipeline;
  /** Stage ids are unique over all pipelines. */
  findStage(stageId: string): { readonly pipeline: Pipeline; readonly stage: Stage } | undefined;
  put(pipeline: Pipeline): void;
  remove(pipelineId: string): void;
  /** A stage with an id of its own. `metadata.probability` is required. @throws ApiFault 400 */
  newStage(draft: StageDraft, at: number): Stage;
  newPipelineId(): string;
}

/** Won and lost follow from the metadata, never from the id: ids survive relabelling and other pipelines use numbers. */
export function outcomeOf(stage: Pick<Stage, 'isClosed' | 'probability'>): StageOutcome {
  if (!stage.isClosed) return 'open';
  if (Number(stage.probability) === 1) return 'won';
  return Number(stage.probability) === 0 ? 'lost' : 'open';
}

/** Reads `probability` and `isClosed` from a stage's metadata, falling back to what the stage had. */
export function stageMetadata(
  metadata: Readonly<Record<string, string>>,
  before?: Stage,
): Pick<Stage, 'isClosed' | 'probability'> {
  const probability = metadata.probability ?? before?.probability;
  if (probability === undefined || !(Number(probability) >= 0 && Number(probability) <= 1)) {
    throw validationError('A deal stage needs metadata.probability between 0.0 and 1.0.');
  }
  const implied = Number(probability) === 0 || Number(probability) === 1;
  return { probability, isClosed: metadata.isClosed === undefined ? implied : metadata.isClosed === 'true' };
}

const defaultStages: readonly (readonly [string, string, string])[] = [
  ['appointmentscheduled', 'Appointment Scheduled', '0.2'],
  ['qualifiedtobuy', 'Qualified To Buy', '0.4'],
  ['presentationscheduled', 'Presentation Scheduled', '0.6'],
  ['decisionmakerboughtin', 'Decision Maker Bought-In', '0.8'],
  ['contractsent', 'Contract Sent', '0.9'],
  ['closedwon', 'Closed Won', '1.0'],
  ['closedlost', 'Closed Lost', '0.0'],
];

function salesPipeline(at: number): Pipeline {
  const stages = defaultStages.map(([id, label, probability], displayOrder) => ({
    id,
    label,
    displayOrder,
    archived: false,
    createdAt: at,
    updatedAt: at,
    ...stageMetadata({ probability }),
  }));
  return {
    id: 'default',
    label: 'Sales Pipeline',
    displayOrder: 0,
    archived: false,
    createdAt: at,
    updatedAt: at,
    stages,
  };
}

/** @param onStage told of every stage that is new, so that its timing properties can be added. */
export function createPipelineCatalogue(at: number, onStage: (stageId: string) => void): PipelineCatalogue {
  const pipelines = new Map<string, Pipeline>();
  const stagesSeen = new Set<string>();
  let lastId = 1_051_000_000;
  const nextId = (): string => String((lastId += 1));

  const catalogue: PipelineCatalogue = {
    list: () => [...pipelines.values()].sort((a, b) => a.displayOrder - b.displayOrder),
    find: (pipelineId) => pipelines.get(pipelineId),
    require(pipelineId) {
      const pipeline = pipelines.get(pipelineId);
      if (pipeline === undefined) throw objectNotFound([pipelineId]);
      return pipeline;
    },
    findStage(stageId) {
      for (const pipeline of pipelines.values()) {
        const stage = pipeline.stages.find((each) => each.id === stageId);
        if (stage !== undefined) return { pipeline, stage };
      }
      return undefined;
    },
    put(pipeline) {
      pipelines.set(pipeline.id, pipeline);
      for (const { id } of pipeline.stages) {
        if (stagesSeen.has(id)) continue;
        stagesSeen.add(id);
        onStage(id);
      }
    },
    remove: (pipelineId) => void pipelines.delete(pipelineId),
    newStage: ({ label, displayOrder, metadata }, stageAt) => ({
      id: nextId(),
      label,
      displayOrder,
      archived: false,
      createdAt: stageAt,
      updatedAt: stageAt,
      ...stageMetadata(metadata ?? {}),
    }),
    newPipelineId: nextId,
  };
  catalogue.put(salesPipeline(at));
  return catalogue;
}
