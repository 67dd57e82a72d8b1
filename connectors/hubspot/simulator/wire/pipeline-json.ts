import type { Pipeline, Stage } from '../account/pipeline-catalogue.js';

const byOrder = (a: { readonly displayOrder: number }, b: { readonly displayOrder: number }): number =>
  a.displayOrder - b.displayOrder;

/** A stage on the wire. The values of `metadata` are strings, also the truth value. */
export function stageJson({ isClosed, probability, createdAt, updatedAt, ...rest }: Stage): Record<string, unknown> {
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    metadata: { isClosed: String(isClosed), probability },
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

export function pipelineJson({ stages, createdAt, updatedAt, ...rest }: Pipeline): Record<string, unknown> {
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    stages: [...stages].sort(byOrder).map(stageJson),
  };
}
