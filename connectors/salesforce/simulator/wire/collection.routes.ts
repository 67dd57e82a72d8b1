import { z } from 'zod';
import type { RawValues } from '../org/incoming-values.js';
import { OrgFault, malformedId } from '../org/org-fault.js';
import { deleteRecord } from '../org/record-lifecycle.js';
import { AmbiguousExternalId, upsertRecord } from '../org/upsert-record.js';
import type { WriteContext } from '../org/write-context.js';
import { createRecord, updateRecord } from '../org/write-record.js';
import type { ApiRequest } from './api-request.js';
import { writeInto } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import { recordJson } from './record-json.js';
import type { WireReply } from './reply.js';
import { fieldsAsked, objectAsked } from './sobject.routes.js';

const mostRecords = 200;
const mostRetrieved = 2000;

const collection = z.looseObject({
  allOrNone: z.boolean().default(false),
  records: z.array(z.record(z.string(), z.unknown())),
});
const retrieval = z.looseObject({ ids: z.array(z.string()), fields: z.array(z.string()) });

interface RowOutcome {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly unknown[];
  readonly created?: boolean;
}

type WriteRow = (context: WriteContext, row: RawValues) => Omit<RowOutcome, 'success' | 'errors'>;

function failed({ errorCode, message, fields, details }: OrgFault, id?: string): RowOutcome {
  return {
    ...(id === undefined ? {} : { id }),
    success: false,
    errors: [{ ...details, statusCode: errorCode, message, fields }],
  };
}

const rolledBack = new OrgFault(
  400,
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

function asFault(error: unknown): OrgFault {
  if (error instanceof OrgFault) return error;
  if (error instanceof AmbiguousExternalId) {
    return new OrgFault(400, 'DUPLICATE_EXTERNAL_ID', 'More than one record found for external id field');
  }
  throw error;
}

/** Rows that fail are told, and do not stop the others, unless all are wanted or none. */
function writeRows(
  { org }: RouteWorld,
  request: ApiRequest,
  rows: readonly RawValues[],
  allOrNone: boolean,
  write: WriteRow,
): WireReply {
  if (rows.length > mostRecords) {
    throw new OrgFault(
      400,
      'LIMIT_EXCEEDED',
      `record limit reached. cannot submit more than ${mostRecords} records in this call`,
    );
  }
  const outcomes = writeInto(org, request, (context): readonly RowOutcome[] => {
    const { tx } = context;
    const start = tx.savepoint();
    const each = rows.map((row): RowOutcome => {
      const savepoint = tx.savepoint();
      try {
        return { ...write(context, row), success: true, errors: [] };
      } catch (error) {
        tx.rollbackTo(savepoint);
        return failed(asFault(error), typeof row.id === 'string' ? row.id : undefined);
      }
    });
    if (!allOrNone || each.every(({ success }) => success)) return each;
    tx.rollbackTo(start);
    return each.map((outcome) => (outcome.success ? failed(rolledBack) : outcome));
  });
  return { status: 200, body: outcomes };
}

function readCollection(body: unknown): z.output<typeof collection> {
  const parsed = collection.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OrgFault(400, 'JSON_PARSER_ERROR', z.prettifyError(parsed.error));
}

function typeOf(row: RawValues): string {
  const parsed = z.looseObject({ type: z.string() }).safeParse(row.attributes);
  if (parsed.success) return parsed.data.type;
  throw new OrgFault(400, 'INVALID_INPUT', 'A type is missing in the attributes of a record.');
}

/** The id of a row, and its values without it. */
function splitId({ id, Id, ...values }: RawValues): { readonly id: string; readonly values: RawValues } {
  const given = id ?? Id;
  if (typeof given !== 'string') throw new OrgFault(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
  return { id: given, values };
}

function retrieve(
  world: RouteWorld,
  request: ApiRequest,
  entity: string,
  ids: readonly string[],
  names: readonly string[],
): WireReply {
  if (ids.length > mostRetrieved)
    throw new OrgFault(400, 'LIMIT_EXCEEDED', `At most ${mostRetrieved} records can be retrieved.`);
  const fields = fieldsAsked(world, request, entity, names);
  const style = { version: request.version, exponents: world.org.settings.exponents };
  const records = ids.map((id) => {
    const record = world.org.records.find(id);
    return record?.entity !== entity || record.deletedBy !== null ? null : recordJson(record, fields, style);
  });
  return { status: 200, body: records };
}

const writing: readonly ApiRoute[] = [
  {
    method: 'POST',
    template: '/composite/sobjects',
    answer(world, request) {
      const { records, allOrNone } = readCollection(request.body);
      return writeRows(world, request, records, allOrNone, (context, row) => ({
        id: createRecord(world.org, context, typeOf(row), row).id,
      }));
    },
  },
  {
    method: 'PATCH',
    template: '/composite/sobjects',
    answer(world, request) {
      const { records, allOrNone } = readCollection(request.body);
      return writeRows(world, request, records, allOrNone, (context, row) => {
        const { id, values } = splitId(row);
        return { id: updateRecord(world.org, context, id, values, typeOf(row)).id };
      });
    },
  },
  {
    method: 'DELETE',
    template: '/composite/sobjects',
    answer(world, request) {
      const ids = (request.query.get('ids') ?? '').split(',');
      const allOrNone = request.query.get('allOrNone') === 'true';
      return writeRows(
        world,
        request,
        ids.map((id) => ({ id })),
        allOrNone,
        (context, { id }) => {
          if (typeof id !== 'string') throw malformedId(String(id));
          deleteRecord(world.org, context, id);
          return { id };
        },
      );
    },
  },
  {
    method: 'PATCH',
    template: '/composite/sobjects/{entity}/{field}',
    answer(world, request, { entity, field = '' }) {
      const { name } = objectAsked(world, entity);
      const { records, allOrNone } = readCollection(request.body);
      return writeRows(world, request, records, allOrNone, (context, row) => {
        const { [field]: value, ...raw } = row;
        return upsertRecord(world.org, context, { entity: name, field, value, raw, updateOnly: false });
      });
    },
  },
];

/** Up to 200 records in one call: 200 even if rows failed. */
export const collectionRoutes: readonly ApiRoute[] = [
  ...writing,
  {
    method: 'GET',
    template: '/composite/sobjects/{entity}',
    answer: (world, request, { entity }) =>
      retrieve(
        world,
        request,
        objectAsked(world, entity).name,
        (request.query.get('ids') ?? '').split(','),
        (request.query.get('fields') ?? '').split(','),
      ),
  },
  {
    method: 'POST',
    template: '/composite/sobjects/{entity}',
    answer(world, request, { entity }) {
      const parsed = retrieval.safeParse(request.body);
      if (!parsed.success) throw new OrgFault(400, 'JSON_PARSER_ERROR', z.prettifyError(parsed.error));
      return retrieve(world, request, objectAsked(world, entity).name, parsed.data.ids, parsed.data.fields);
    },
  },
];
