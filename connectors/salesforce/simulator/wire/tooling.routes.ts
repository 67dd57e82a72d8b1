import { z } from 'zod';
import { makeField, removeField } from '../org/custom-field.js';
import { OrgFault, notFound } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import { writeInto } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import { recordJson } from './record-json.js';

const newField = z.looseObject({ FullName: z.string(), Metadata: z.unknown() });

function customField({ org }: RouteWorld, id: string): OrgRecord {
  const row = org.records.find(id);
  if (row?.entity !== 'CustomField') throw notFound();
  return row;
}

/** `/tooling/sobjects/CustomField`: the way to make fields that needs no SOAP. */
export const toolingRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    template: '/tooling/sobjects/CustomField',
    answer({ org }, request) {
      const parsed = newField.safeParse(request.body);
      if (!parsed.success) throw new OrgFault(400, 'JSON_PARSER_ERROR', z.prettifyError(parsed.error));
      const { FullName, Metadata } = parsed.data;
      const { id } = writeInto(org, request, ({ tx }) => makeField(org, tx, FullName, Metadata));
      return { status: 201, body: { id, success: true, errors: [], warnings: [], infos: [] } };
    },
  },
  {
    method: 'GET',
    template: '/tooling/sobjects/CustomField/{id}',
    answer(world, { version }, { id = '' }) {
      const row = customField(world, id);
      const style = { version, exponents: false };
      return { status: 200, body: recordJson(row, world.org.schema.fields('CustomField'), style) };
    },
  },
  {
    method: 'DELETE',
    template: '/tooling/sobjects/CustomField/{id}',
    answer(world, request, { id = '' }) {
      const fullName = String(customField(world, id).values.FullName);
      writeInto(world.org, request, ({ tx }) => removeField(world.org, tx, fullName));
      return { status: 204, body: '' };
    },
  },
];
