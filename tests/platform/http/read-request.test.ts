import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Route } from '../../../src/platform/http/route.js';
import { baseRoutes, startTestApi, type TestApi } from '../../support/test-api.js';

let api: TestApi;
let partnerId: string;

beforeAll(async () => {
  api = await startTestApi();
  const partner = await api.operator.post<{ id: string }>('/api/v1/partners', { name: 'P', email: 'p@example.com' });
  partnerId = partner.id;
});
afterAll(async () => {
  await api.close();
});

const json = 'application/json';
const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

type Nasty = readonly [
  what: string,
  type: string | null,
  body: string | Buffer,
  headers?: Readonly<Record<string, string>>,
];

/** Name, content type, body, further headers. None of them is a request any route should carry out. */
const nasty: readonly Nasty[] = [
  ['half an object', json, '{"name":'],
  ['a trailing comma', json, '{"name":"a",}'],
  ['single quotes', json, "{'name':'a'}"],
  ['a comment', json, '{} // none'],
  ['NaN', json, '{"name":NaN}'],
  ['two documents', json, '{}{}'],
  ['a list', json, '[]'],
  ['a list of objects', json, '[{"name":"a"}]'],
  ['a text', json, '"name"'],
  ['a number', json, '5'],
  ['a number beyond numbers', json, '1e999'],
  ['null', json, 'null'],
  ['true', json, 'true'],
  ['100,000 nested lists', json, nested('[', ']', 100_000)],
  ['40,000 nested objects', json, `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
  ['33 nested objects', json, `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
  ['a field nobody knows', json, '{"nme":"a"}'],
  [
    '10,000 fields nobody knows',
    json,
    JSON.stringify(Object.fromEntries([...Array(10_000).keys()].map((n) => [`f${String(n)}`, n]))),
  ],
  ['a prototype', json, '{"__proto__":{"role":"operator"}}'],
  ['a prototype deep inside', json, '{"name":"a","email":{"__proto__":{"x":1}}}'],
  ['a constructor', json, '{"constructor":{"prototype":{"x":1}}}'],
  ['an escaped NUL', json, '{"name":"a\\u0000b"}'],
  ['a raw NUL', json, '{"name":"a\0b"}'],
  ['an escaped NUL in a name', json, '{"na\\u0000me":"a"}'],
  ['the first half of a surrogate pair', json, '{"name":"a\\ud83d"}'],
  ['the second half of a surrogate pair', json, '{"name":"\\ude00a"}'],
  ['half a surrogate pair in a name', json, '{"\\ud83d":"a"}'],
  ['bytes that are not UTF-8', json, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['UTF-16', 'application/json; charset=utf-16', Buffer.from('{"name":"a"}', 'utf16le')],
  ['Latin-1', 'application/json; charset=iso-8859-1', '{"name":"a"}'],
  ['wrong types everywhere', json, '{"name":{},"email":[],"timeZone":5,"protectionDays":"x"}'],
  ['a text of 100,000 characters', json, JSON.stringify({ name: 'a'.repeat(100_000), timeZone: 'a'.repeat(9) })],
  ['more than 256 kB', json, JSON.stringify({ name: 'a'.repeat(300_000) })],
  [
    'more than 256 kB once unpacked',
    json,
    gzipSync(`{"name":"${'a'.repeat(3_000_000)}"}`),
    { 'content-encoding': 'gzip' },
  ],
  ['gzip that is none', json, 'not gzip', { 'content-encoding': 'gzip' }],
  ['an unknown encoding', json, '{}', { 'content-encoding': 'rot13' }],
  ['a form', 'application/x-www-form-urlencoded', 'name=a&email=b'],
  ['several parts', 'multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
  ['XML', 'application/xml', '<name>a</name>'],
  ['YAML where JSON is meant', 'application/yaml', 'name: a'],
  ['no content type', null, Buffer.from('{}')],
  ['a content type that is none', ';;;', '{}'],
];

const pathOf = (route: Route, ids: Readonly<Record<string, string>>): string =>
  route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? '');

const withBody = baseRoutes.filter((route) => route.body !== undefined);
const withParams = baseRoutes.filter((route) => route.params !== undefined);
const lists = baseRoutes.filter((route) => route.query !== undefined);
const nameOf = (route: Route): string => `${route.method.toUpperCase()} ${route.path}`;

async function send(
  method: string,
  path: string,
  type: string | null = null,
  body: string | Buffer | null = null,
  headers: Readonly<Record<string, string>> = {},
): Promise<{
  status: number;
  problem: { type: string; status: number; detail: string; errors?: { field: string }[] };
}> {
  const answer = await fetch(`${api.url}${path}`, {
    method: method.toUpperCase(),
    body: body === null ? null : new Uint8Array(Buffer.from(body)),
    headers: {
      authorization: `Bearer ${api.operatorKey}`,
      ...(type === null ? {} : { 'content-type': type }),
      ...headers,
    },
  });
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  return { status: answer.status, problem: isProblem ? JSON.parse(text) : { type: text } };
}

async function rowCounts(): Promise<unknown> {
  const counts = await sql`
    select (select count(*) from partners) as partners, (select count(*) from api_keys) as keys,
      (select count(*) from program_settings) as program, (select count(*) from audit_log) as audit,
      (select count(*) from idempotency_keys) as kept`.execute(api.db);
  return counts.rows;
}

describe('bad input', () => {
  it('meets routes to be tried on', () => {
    expect(withBody.length).toBeGreaterThanOrEqual(5);
    expect(lists.length).toBeGreaterThanOrEqual(4);
    expect(nasty.length).toBeGreaterThanOrEqual(25);
  });

  it.each(nasty.map(([what, type, body, headers = {}]) => ({ what, type, body, headers })))(
    'is refused with a problem on every route, and nothing is written: $what',
    async ({ type, body, headers }) => {
      const before = await rowCounts();
      for (const route of withBody) {
        const path = pathOf(route, { id: partnerId, keyId: 'key_x' });
        const { status, problem } = await send(route.method, path, type, body, { 'idempotency-key': 'k', ...headers });
        expect([nameOf(route), status >= 400 && status < 500, problem.status]).toEqual([nameOf(route), true, status]);
        expect(problem.type).toMatch(/^urn:introducer:problem:[a-z-]+$/);
        expect(problem.detail).not.toBe('');
      }
      expect(await rowCounts()).toEqual(before);
    },
  );

  it.each([
    ['%00', 400],
    ['par_%00', 400],
    ['%E0%A4%A', 400],
    ['%ED%A0%80', 400],
    ['%', 400],
    ["par_x'%20or%20'1'='1", 404],
    ['par_%2e%2e%2f', 404],
    ['x'.repeat(101), 400],
    ['__proto__', 404],
    ['%F0%9F%98%80', 404],
  ])('is refused as an id: %s', async (id, expected) => {
    for (const route of withParams) {
      const body = route.body === undefined ? null : '{}';
      const path = pathOf(route, { id, keyId: id });
      const { status } = await send(route.method, path, body === null ? null : json, body);
      expect([nameOf(route), status]).toEqual([nameOf(route), expected]);
    }
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1.5',
    'limit=1e2',
    'limit=',
    'limit=x',
    'limit=1&limit=2',
    'limit[]=1',
    'cursor=',
    'cursor=%00',
    'cursor=!!!',
    'cursor=bm90IGpzb24',
    `cursor=${Buffer.from('{"afterId":"a\\u0000","beforeId":"1;--"}').toString('base64url')}`,
    `cursor=${Buffer.from('{"afterId":5,"beforeId":-5}').toString('base64url')}`,
    `cursor=${Buffer.from('null').toString('base64url')}`,
    `cursor=${'a'.repeat(2000)}`,
    'curser=x',
    '__proto__=x',
    'a=%ZZ',
    'a=%ED%A0%80',
    '%00=1',
  ])('is refused as a query: %s', async (query) => {
    for (const route of lists) {
      const { status, problem } = await send('get', `${pathOf(route, { id: partnerId })}?${query}`);
      expect([nameOf(route), status, problem.status]).toEqual([nameOf(route), 400, 400]);
    }
  });

  it('is told field by field, with the value and what is expected', async () => {
    const body = {
      name: '',
      email: 'nobody',
      payoutCurrency: 'DOGE',
      type: 'Big\nPartner',
      recruitedBy: 7,
      colour: 'red',
    };
    const { status, problem } = await send('post', '/api/v1/partners', json, JSON.stringify(body));
    expect(status).toBe(422);
    expect(problem.errors).toEqual([
      { field: 'name', value: '""', expected: 'at least 1 character', message: 'name must be at least 1 character.' },
      {
        field: 'email',
        value: '"nobody"',
        expected: 'an e-mail address',
        message: 'email must be an e-mail address.',
      },
      expect.objectContaining({ field: 'type', value: '"Big\\nPartner"' }),
      { field: 'recruitedBy', value: '7', expected: 'a text', message: 'recruitedBy must be a text.' },
      {
        field: 'payoutCurrency',
        value: '"DOGE"',
        expected: 'an ISO 4217 code in capitals, such as EUR',
        message: 'payoutCurrency: Not a currency code.',
      },
      { field: 'colour', expected: 'no such field', message: 'colour is not a field of this request.' },
    ]);
  });

  it.each([
    ['{"name":"a\\u0000b"}', 'name', 'name cannot be read: it holds a NUL character.'],
    ['{"email":"a@b.com","deal":{"lines":["x","\\ud800"]}}', 'deal.lines[1]', /half a surrogate pair/],
    ['{"name":{"a\\u0000":1}}', 'name', /the name of a field in it/],
  ])('is told which field holds what no text may: %s', async (body, field, detail) => {
    const { status, problem } = await send('post', '/api/v1/partners', json, body);
    expect([status, problem.errors]).toEqual([400, [expect.objectContaining({ field })]]);
    expect(problem.detail).toMatch(detail);
  });

  it('is told which query parameter holds what no text may', async () => {
    const { problem } = await send('get', '/api/v1/partners?status=%00');
    expect(problem.errors).toMatchObject([
      { field: 'status', message: 'status cannot be read: it holds a NUL character.' },
    ]);
  });
});
