import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { csvType, jsonType, yamlType } from './read-request.js';
import { isDocumentBody, type Route } from './route.js';

const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:introducer:problem:invalid-request' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          field: z.string(),
          value: z.string().optional(),
          expected: z.string(),
          message: z.string(),
        }),
      )
      .optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457). `type` is stable.' });

const idempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .meta({
    description:
      'Makes the call safe to repeat for a day: the same key with the same content gets the first answer again, ' +
      'marked `Idempotent-Replayed: true`; with other content it is refused (422).',
  });

const security = [{ apiKey: [] }];

export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The OpenAPI 3.1 description of the routes, from the very schemas they check with. */
export function openApiDocument(routes: readonly Route[], info: ApiInfo): OpenApiDocument {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return createDocument({
    openapi: '3.1.1',
    info: { ...info },
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of an operator or of a partner.' },
      },
    },
  });
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  return {
    operationId: operationId(route),
    summary: route.summary,
    description: [route.description, accessSentence[route.access], rightSentence(route)].filter(Boolean).join('\n\n'),
    tags: [...route.tags],
    security: route.access === 'public' ? [] : security,
    requestParams: {
      ...(route.params === undefined ? {} : { path: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(route.kind === 'write' && route.access !== 'public'
        ? { header: z.object({ 'Idempotency-Key': idempotencyKey }) }
        : {}),
    },
    ...requestBodyOf(route),
    responses: { ...successesOf(route), default: problemResponse },
  };
}

function rightSentence({ right }: Route): string {
  return right === undefined ? '' : `The key needs the right \`${right}\`.`;
}

const accessSentence: Readonly<Record<Route['access'], string>> = {
  operator: 'For operator keys.',
  partner: 'For partner keys.',
  any: 'For operator and partner keys; a partner sees and does only what is its own.',
  public: 'Without a key.',
};

const problemResponse = {
  description: 'What went wrong',
  content: { 'application/problem+json': { schema: problemSchema } },
};

function requestBodyOf(route: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (route.body === undefined) return {};
  if (!isDocumentBody(route.body)) {
    const required = !route.body.safeParse(undefined).success;
    return { requestBody: { required, content: { [jsonType]: { schema: route.body } } } };
  }
  const { schema } = route.body;
  return { requestBody: { required: true, content: { [jsonType]: { schema }, [yamlType]: { schema } } } };
}

function successesOf(route: Route): ZodOpenApiOperationObject['responses'] {
  const entries = Object.entries(route.responses).map(([status, schema]) => {
    const description = schema?.description ?? (schema === null ? 'Done, nothing to say' : 'Done');
    const content = {
      ...(schema === null ? {} : { [jsonType]: { schema } }),
      ...(route.alsoCsv === true ? csvContent : {}),
    };
    return [status, { description, ...(schema === null ? {} : { content }) }] as const;
  });
  return Object.fromEntries(entries);
}

const csvContent = { [csvType]: { schema: z.string() } };

/** `getPartnersById` for `GET /api/v1/partners/{id}`. */
function operationId(route: Route): string {
  const words = route.path
    .replace(/^\/api\/v\d+/, '')
    .replaceAll(/\{(\w+)\}/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return route.method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
