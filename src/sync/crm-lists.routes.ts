import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/route.js';
import { crmFieldsShape, crmStagesShape, fieldsQuery, fresh } from './crm-lists.api.js';
import { ConnectionUnknown } from './crm-lists-errors.js';
import type { CrmLists } from './crm-lists.handler.js';
import { findConnection } from './connection.store.js';
import { readFormChoicesWork } from './read-form-choices.handler.js';

const tags = ['connections'];
const params = z.strictObject({ id: z.string().max(100) });
/** A call of the CRM is made for whoever asks, so that only those ask who can do something with the answer. */
const right = 'program:change';

/** What a connected CRM consists of, asked there and kept for some minutes. */
export function crmListsRoutes(lists: CrmLists): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/connections/{id}/fields',
      access: 'operator',
      right,
      kind: 'read',
      summary: 'The fields of a kind of record in the CRM, with their choices',
      tags,
      params,
      query: fieldsQuery,
      responses: { 200: crmFieldsShape },
      handle: async ({ params: { id }, query }) => {
        const { value, readAt } = await lists.fields(id, query.record, query.fresh === 'true');
        const fields = value.map((field) => ({ ...field, choices: [...field.choices] }));
        return { status: 200, body: { record: query.record, readAt: readAt.toISOString(), fields } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/connections/{id}/stages',
      access: 'operator',
      right,
      kind: 'read',
      summary: 'The pipelines of deals in the CRM, with their stages',
      tags,
      params,
      query: z.strictObject({ fresh }),
      responses: { 200: crmStagesShape },
      handle: async ({ params: { id }, query }) => {
        const { value, readAt } = await lists.pipelines(id, query.fresh === 'true');
        const pipelines = value.map((pipeline) => ({ ...pipeline, stages: [...pipeline.stages] }));
        return { status: 200, body: { readAt: readAt.toISOString(), pipelines } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/connections/{id}/read-choices',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'Read what the form offers from fields of the CRM again, now',
      description: 'It is read each hour anyway. `GET /api/v1/form/choices` says when it was.',
      tags,
      params,
      responses: { 202: null },
      handle: async ({ uow, params: { id } }) => {
        if ((await findConnection(uow.trx, id)) === undefined) throw new ConnectionUnknown(id);
        await uow.enqueue([{ kind: readFormChoicesWork, key: id }]);
        return { status: 202 };
      },
    }),
  ];
}
