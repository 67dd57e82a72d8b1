import { z } from 'zod';
import type { Account } from '../account/account.js';
import { ApiFault, objectNotFound } from '../account/api-fault.js';
import { deals } from '../account/object-type.js';
import type { Pipeline, Stage } from '../account/pipeline-catalogue.js';
import { stageMetadata } from '../account/pipeline-catalogue.js';
import { rederiveDeals } from '../account/write-record.js';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { apiWrite, flagParam, noContent, ok, param, typeParam } from './api-route.js';
import { pipelineJson, stageJson } from './pipeline-json.js';
import { readBody } from './request-body.js';

const stageBody = z.object({
  label: z.string(),
  displayOrder: z.number().int().default(0),
  metadata: z.record(z.string(), z.coerce.string()).optional(),
});
const stagePatch = stageBody
  .partial()
  .extend({ displayOrder: z.number().int().optional(), archived: z.boolean().optional() });
const pipelineBody = z.object({
  label: z.string(),
  displayOrder: z.number().int().default(0),
  stages: z.array(stageBody).default([]),
});
const pipelinePatch = z.object({ label: z.string(), displayOrder: z.number().int() }).partial();

function pipelineOf(account: Account, request: ApiRequest): Pipeline {
  if (typeParam(request) !== deals) throw objectNotFound([param(request, 'pipelineId')]);
  return account.pipelines.require(param(request, 'pipelineId'));
}

function stageOf(account: Account, request: ApiRequest): { readonly pipeline: Pipeline; readonly stage: Stage } {
  const pipeline = pipelineOf(account, request);
  const stageId = param(request, 'stageId');
  const stage = pipeline.stages.find((each) => each.id === stageId);
  if (stage === undefined) throw objectNotFound([stageId]);
  return { pipeline, stage };
}

/** Stages and pipelines that deals stand in cannot be deleted. */
function refuseInUse(account: Account, stages: readonly Stage[]): void {
  const stageIds = new Set(stages.map((stage) => stage.id));
  const objectIds: string[] = [];
  for (const record of account.records.all(deals)) {
    if (stageIds.has(record.values.dealstage ?? '')) objectIds.push(record.id);
  }
  if (objectIds.length === 0) return;
  const used = { subCategory: 'PipelineError.STAGE_ID_IN_USE', context: { stageIds: [...stageIds], objectIds } };
  throw new ApiFault(
    400,
    'VALIDATION_ERROR',
    `Stage IDs ${[...stageIds].join(', ')} are being referenced by object IDs`,
    used,
  );
}

function createPipeline(account: Account, request: ApiRequest): ApiReply {
  const { label, displayOrder, stages } = readBody(pipelineBody, request.body);
  const at = account.now();
  const pipeline: Pipeline = {
    id: account.pipelines.newPipelineId(),
    label,
    displayOrder,
    archived: false,
    createdAt: at,
    updatedAt: at,
    stages: stages.map((draft) => account.pipelines.newStage(draft, at)),
  };
  account.pipelines.put(pipeline);
  return { status: 201, body: pipelineJson(pipeline) };
}

function updatePipeline(account: Account, request: ApiRequest): ApiReply {
  const before = pipelineOf(account, request);
  const { label = before.label, displayOrder = before.displayOrder } = readBody(pipelinePatch, request.body);
  const pipeline = { ...before, label, displayOrder, updatedAt: account.now() };
  account.pipelines.put(pipeline);
  return ok(pipelineJson(pipeline));
}

function deletePipeline(account: Account, request: ApiRequest): ApiReply {
  const pipeline = pipelineOf(account, request);
  refuseInUse(account, pipeline.stages);
  account.pipelines.remove(pipeline.id);
  return noContent;
}

function createStage(account: Account, request: ApiRequest): ApiReply {
  const pipeline = pipelineOf(account, request);
  const stage = account.pipelines.newStage(readBody(stageBody, request.body), account.now());
  account.pipelines.put({ ...pipeline, stages: [...pipeline.stages, stage] });
  return { status: 201, body: stageJson(stage) };
}

/** A stage may be relabelled and get another meaning; the deals in it follow at once. */
function updateStage(account: Account, request: ApiRequest): ApiReply {
  const { pipeline, stage: before } = stageOf(account, request);
  const {
    label = before.label,
    displayOrder = before.displayOrder,
    metadata = {},
    archived = before.archived,
  } = readBody(stagePatch, request.body);
  const meaning = Object.keys(metadata).length === 0 ? {} : stageMetadata(metadata, before);
  const stage: Stage = { ...before, label, displayOrder, archived, ...meaning, updatedAt: account.now() };
  const stages = pipeline.stages.map((each) => (each.id === stage.id ? stage : each));
  account.pipelines.put({ ...pipeline, stages });
  rederiveDeals(account, stage.id, apiWrite(account, request).source);
  return ok(stageJson(stage));
}

function deleteStage(account: Account, request: ApiRequest): ApiReply {
  const { pipeline, stage } = stageOf(account, request);
  refuseInUse(account, [stage]);
  account.pipelines.put({ ...pipeline, stages: pipeline.stages.filter((each) => each.id !== stage.id) });
  return noContent;
}

function list(account: Account, request: ApiRequest): ApiReply {
  const pipelines = typeParam(request) === deals && !flagParam(request, 'archived') ? account.pipelines.list() : [];
  return ok({ results: pipelines.map(pipelineJson) });
}

const base = '/crm/pipelines/{type}';
const one = `${base}/{pipelineId}`;
const stages = `${one}/stages`;

/** Pipelines and their stages. */
export const pipelineRoutes: readonly ApiRoute[] = [
  { method: 'GET', template: base, version: 'v3', answer: list },
  { method: 'POST', template: base, version: 'v3', answer: createPipeline },
  {
    method: 'GET',
    template: one,
    version: 'v3',
    answer: (account, request) => ok(pipelineJson(pipelineOf(account, request))),
  },
  { method: 'PATCH', template: one, version: 'v3', answer: updatePipeline },
  { method: 'DELETE', template: one, version: 'v3', answer: deletePipeline },
  {
    method: 'GET',
    template: stages,
    version: 'v3',
    answer: (account, request) => ok({ results: pipelineOf(account, request).stages.map(stageJson) }),
  },
  { method: 'POST', template: stages, version: 'v3', answer: createStage },
  {
    method: 'GET',
    template: `${stages}/{stageId}`,
    version: 'v3',
    answer: (account, request) => ok(stageJson(stageOf(account, request).stage)),
  },
  { method: 'PATCH', template: `${stages}/{stageId}`, version: 'v3', answer: updateStage },
  { method: 'PUT', template: `${stages}/{stageId}`, version: 'v3', answer: updateStage },
  { method: 'DELETE', template: `${stages}/{stageId}`, version: 'v3', answer: deleteStage },
];
