import { startTestApi, baseRoutes, type TestApi } from '../../support/test-api.js';

interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

let api: TestApi;
let document: Document;

beforeAll(async () => {
  api = await startTestApi();
  document = await api.as(null).get<Document>('/api/v1/openapi.json');
});
afterAll(async () => {
  await api.close();
});

const operations = (): Operation[] => Object.values(document.paths).flatMap((path) => Object.values(path));

describe('the OpenAPI document', () => {
  it('names every route with its answers, and nothing else', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [method, path, ...successes(operation)].join(' ')),
    );
    const declared = baseRoutes.map((route) => [route.method, route.path, ...Object.keys(route.responses)].join(' '));
    expect(described.sort()).toEqual(declared.sort());
  });

  it('is a 3.1 document whose references all lead somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: 'Introducer', version: '0.0.0' });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, kind = '', name = ''] of references) expect(document.components[kind]).toHaveProperty([name]);
  });

  it('gives each call a name of its own and each parameter in a path its description', () => {
    const names = operations().map((operation) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('getPartnersById');
    for (const [path, methods] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const operation of Object.values(methods)) {
        const described = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
        expect([path, described.sort()]).toEqual([path, inPath.sort()]);
      }
    }
  });

  it('says of every call that it may answer a problem, and of every write that it may be repeated safely', () => {
    for (const route of baseRoutes) {
      const operation = document.paths[route.path]?.[route.method];
      expect(operation?.responses['default']?.content).toHaveProperty(['application/problem+json']);
      const isRepeatable = operation?.parameters?.some((one) => one.name === 'Idempotency-Key') === true;
      expect([route.path, isRepeatable]).toEqual([route.path, route.kind === 'write']);
      expect(operation?.security).toEqual(route.access === 'public' ? [] : [{ apiKey: [] }]);
    }
  });

  it('tells which bodies may be left out', () => {
    expect(document.paths['/api/v1/partners']?.['post']?.requestBody?.required).toBe(true);
    expect(document.paths['/api/v1/api-keys']?.['post']?.requestBody?.required).toBe(false);
  });
});

function successes(operation: Operation): string[] {
  return Object.keys(operation.responses).filter((status) => status !== 'default');
}
