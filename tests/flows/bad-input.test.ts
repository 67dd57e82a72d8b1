import { partnerProgram } from '../support/partner-program.js';
import { rowCounts } from '../support/row-counts.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { exampleBodies, spoiltBodies } from './example-bodies.js';
import { hostileBodies, hostileIds, hostileQueries, type HostileBody } from './hostile-input.js';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly hasBody: boolean;
  readonly parameters: readonly { readonly in: string; readonly name: string }[];
}

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly requestBody?: object; readonly parameters?: Operation['parameters'] }>>
    >
  >;
}

interface Attempt {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: HostileBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Offences of one kind look alike. */
const mostShown = 10;

describe('what nobody should send us', () => {
  let service: RunningService;
  let operations: readonly Operation[];
  let authorization: string;
  let known: { readonly registrationId: string; readonly partnerId: string };

  beforeAll(async () => {
    service = await startRunningService();
    const program = partnerProgram(service);
    await program.writeStandardPlan();
    const { registrationId, partner } = await program.introduce();
    known = { registrationId, partnerId: partner.id };
    const { key } = await service.operator.post<{ key: string }>('/api/v1/api-keys', { name: 'hostile' });
    authorization = `Bearer ${key}`;
    const { paths } = await service.operator.get<OpenApi>('/api/v1/openapi.json');
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody, parameters = [] }]) => ({
        method: method.toUpperCase(),
        path,
        hasBody: requestBody !== undefined,
        parameters,
      })),
    );
  });
  afterAll(() => service.close());

  /** Sends all of it and tells which answers were not a 4xx problem. */
  const offencesOf = async (attempts: readonly Attempt[]): Promise<readonly string[]> => {
    expect(attempts.length).toBeGreaterThan(0);
    const before = await rowCounts(service.db);
    const offences: string[] = [];
    for (const attempt of attempts) {
      const offence = await offenceOf(attempt);
      if (offence !== null) offences.push(offence);
    }
    expect(await rowCounts(service.db)).toEqual(before);
    return offences.slice(0, mostShown);
  };

  const offenceOf = async ({ what, method, path, body, headers }: Attempt): Promise<string | null> => {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      body: body?.content ?? null,
      headers: { authorization, ...body?.headers, ...headers },
    });
    const text = await answer.text();
    const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
    if (answer.status >= 400 && answer.status < 500 && isProblem) return null;
    // Judging whatever it is given is what this call is for.
    if (path === '/api/v1/signatures/verify' && answer.status === 200 && !text.includes('genuine')) return null;
    // What judges a document says what is wrong with it in an answer like any other.
    const isJudge = path.endsWith('/check') || path === '/api/v1/scenarios/try';
    if (isJudge && answer.status === 200 && text.includes('"outcome":"refused"')) return null;
    return `${method} ${path.slice(0, 120)} with ${what}: ${answer.status} ${text.slice(0, 200)}`;
  };

  /** The path with ids of what there is, and of nothing. */
  const filled = (path: string): string =>
    path
      .replace('/registrations/{id}', `/registrations/${known.registrationId}`)
      .replace('/partners/{id}', `/partners/${known.partnerId}`)
      .replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'slug' ? 'standard' : 'unknown'));

  const withExample = (attempt: Attempt, { method, path }: Operation): Attempt => {
    const value = exampleBodies[`${method} ${path}`];
    if (value === undefined) return attempt;
    const headers = { 'content-type': 'application/json' };
    return { ...attempt, body: { content: JSON.stringify(value), headers } };
  };

  it('has an example of a good body for every call that takes one', () => {
    const withBody = operations.filter(({ hasBody }) => hasBody).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(exampleBodies).sort()).toEqual(withBody.sort());
  });

  it('is refused as a body by every call, and nothing is written', async () => {
    const attempts = operations
      .filter(({ hasBody }) => hasBody)
      .flatMap(({ method, path }) =>
        Object.entries(hostileBodies).map(([what, body]) => ({ what, method, path: filled(path), body })),
      );
    expect(await offencesOf(attempts)).toEqual([]);
  });

  it('is refused in place of any single field of a good body, and nothing is written', async () => {
    const withBody = operations.filter(({ hasBody }) => hasBody);
    const attempts = withBody.flatMap(({ method, path }) =>
      spoiltBodies(exampleBodies[`${method} ${path}`]).map(([what, value]) => ({
        what,
        method,
        path: filled(path),
        body: { content: JSON.stringify(value), headers: { 'content-type': 'application/json' } },
      })),
    );
    expect(await offencesOf(attempts)).toEqual([]);
  });

  it('is refused as an id or a name in every path, and nothing is written', async () => {
    const attempts = operations
      .filter(({ path }) => path.includes('{'))
      .flatMap((operation) =>
        hostileIds.map((id) => {
          const path = operation.path.replaceAll(/\{\w+\}/g, id);
          return withExample({ what: `the id ${id.slice(0, 40)}`, method: operation.method, path }, operation);
        }),
      );
    expect(await offencesOf(attempts)).toEqual([]);
  });

  it('is refused as the query of every list', async () => {
    const lists = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
    const attempts = lists.flatMap(({ method, path }) =>
      hostileQueries.map((query) => ({ what: 'its query', method, path: `${filled(path)}?${query}` })),
    );
    expect(await offencesOf(attempts)).toEqual([]);
  });

  it('is refused as the value of every other query parameter that knows its values', async () => {
    const words = ['status', 'state', 'role', 'period', 'source'];
    const attempts = operations.flatMap(({ method, path, parameters }) =>
      parameters
        .filter((parameter) => parameter.in === 'query' && words.includes(parameter.name))
        .flatMap(({ name }) =>
          ['nonsense', '', '2026-13', '%00', "'"].map((value) => ({
            what: name,
            method,
            path: `${filled(path)}?${name}=${value}`,
          })),
        ),
    );
    expect(await offencesOf(attempts)).toEqual([]);
  });

  it('is refused as a sign-in', async () => {
    const keys = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer x',
      `Bearer ${'x'.repeat(5_000)}`,
      'Basic YTpi',
      'Bearer null',
      'intr_x',
    ];
    // These answer anybody.
    const open = [
      '/api/v1/signing-keys',
      '/api/v1/signatures/verify',
      '/api/v1/ways-in',
      '/api/v1/application-form',
      '/api/v1/applications',
    ];
    const signedIn = operations.filter(({ path }) => !open.includes(path));
    const attempts = signedIn.map((operation, index) => {
      const headers = { authorization: keys[index % keys.length] ?? '' };
      const attempt = { what: 'a bad key', method: operation.method, path: filled(operation.path), headers };
      return withExample(attempt, operation);
    });
    expect(await offencesOf(attempts)).toEqual([]);
  });

  it('is refused as an Idempotency-Key', async () => {
    const writes = operations.filter(({ hasBody }) => hasBody);
    const keys = ['', 'k'.repeat(256), 'with space', 'ümlaut'];
    const attempts = writes.flatMap((operation) =>
      keys.map((key) => {
        const path = operation.path.replaceAll(/\{\w+\}/g, 'unknown');
        const headers = { 'idempotency-key': key };
        return withExample({ what: `the key ${key.slice(0, 20)}`, method: operation.method, path, headers }, operation);
      }),
    );
    expect(await offencesOf(attempts)).toEqual([]);
  });

  it('is refused under every method an address does not take, and at addresses that are none', async () => {
    const byPath = new Map(operations.map(({ path }) => [path, operations.filter((one) => one.path === path)]));
    const wrongMethods = [...byPath].flatMap(([path, known]) =>
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
        .filter((method) => !known.some((one) => one.method === method))
        .map((method) => ({ what: 'a wrong method', method, path: filled(path) })),
    );
    const nowhere = [
      '/api',
      '/api/v1',
      '/api/v2/partners',
      '/api/v1/partners/x/y/z',
      '/api/v1/%00',
      '/api/v1//',
      '/%ff',
    ].map((path) => ({ what: 'an address that is none', method: 'GET', path }));
    expect(await offencesOf([...wrongMethods, ...nowhere])).toEqual([]);
  });

  it('gets a page with words from the hosted form, and nothing is written', async () => {
    const { personalUrl } = await service.operator.post<{ personalUrl: string }>('/api/v1/partners', {
      name: 'Form',
      email: 'form@partner-form.com',
    });
    const before = await rowCounts(service.db);
    const address = `${service.url}${new URL(personalUrl).pathname}`;
    const texts = ['', 'a=b', 'company.name=%00', 'company.name=%ff', 'a[b][c]=1', '__proto__=1', 'submission=x'];
    const forms = [...texts, `x=${'y'.repeat(100_000)}`, Array.from({ length: 2_000 }, (_, n) => `f${n}=1`).join('&')];
    const types = ['application/x-www-form-urlencoded', 'application/json', 'text/plain'];
    const answers = [
      ...forms.flatMap((body) =>
        types.map((type) => fetch(address, { method: 'POST', body, headers: { 'content-type': type } })),
      ),
      ...hostileIds.map((token) => fetch(`${service.url}/r/${token}`)),
      ...hostileIds.map((token) => fetch(`${address}/receipts/${token}`)),
    ];
    const statuses = (await Promise.all(answers)).map((answer) => answer.status);
    expect(statuses.filter((status) => status < 400 || status > 499)).toEqual([]);
    expect(await rowCounts(service.db)).toEqual(before);
  });
});
