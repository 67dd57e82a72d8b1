import express from 'express';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { createHttpMetrics } from '../../../src/platform/http/http-metrics.js';
import { defineRoute, documentBody } from '../../../src/platform/http/route.js';
import { startTestApi, type TestApi } from '../../support/test-api.js';

class Unforeseen extends Error {}

const logLines: Record<string, unknown>[] = [];
const registry = new Registry();
let failWith: Error = new Unforeseen('the inside of the service');
let api: TestApi;

const pages = express.Router();
pages.get('/:token', (_request, response) => {
  response.type('text/html').send('<p>A form</p>');
});
pages.post('/:token', () => {
  throw new Unforeseen('of a page');
});

beforeAll(async () => {
  api = await startTestApi({
    extraRoutes: [
      defineRoute({
        method: 'post',
        path: '/api/v1/document',
        access: 'operator',
        kind: 'read',
        summary: 'Echo a document',
        tags: [],
        body: documentBody(z.object({ plan: z.string() })),
        responses: { 200: z.object({ format: z.string(), text: z.string() }) },
        handle: ({ body }) => Promise.resolve({ status: 200 as const, body }),
      }),
      defineRoute({
        method: 'get',
        path: '/api/v1/failing',
        access: 'public',
        kind: 'read',
        summary: 'Fail',
        tags: [],
        responses: { 200: null },
        handle: () => Promise.reject(failWith),
      }),
      defineRoute({
        method: 'get',
        path: '/api/v1/table',
        access: 'public',
        kind: 'read',
        summary: 'A table',
        tags: [],
        query: z.strictObject({ format: z.enum(['json', 'csv']).optional() }),
        alsoCsv: true,
        responses: { 200: z.object({ a: z.string() }) },
        handle: () =>
          Promise.resolve({
            status: 200 as const,
            body: { a: '1' },
            csv: { name: 'table.csv', text: () => 'a\r\n1\r\n' },
          }),
      }),
    ],
    app: {
      pages: [{ path: '/r', router: pages }],
      first: [
        express.Router().post('/webhooks/test', express.raw({ type: () => true }), (request, response) => {
          response.send(`${String(Buffer.isBuffer(request.body))} ${String(response.getHeader('x-request-id'))}`);
        }),
      ],
      logger: pino(
        { level: 'info' },
        { write: (line: string) => logLines.push(JSON.parse(line) as Record<string, unknown>) },
      ),
      observe: createHttpMetrics(registry),
      readiness: () => Promise.resolve({ ready: false, checks: { database: 'does not answer' } }),
    },
  });
});
afterAll(async () => {
  await api.close();
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}${path}`, { headers, redirect: 'manual' });

describe('the HTTP side', () => {
  it('answers an unknown address and a wrong method with a problem', async () => {
    const unknown = await api.operator.send('GET', '/api/v1/nothing');
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(unknown.body).toMatchObject({ type: 'urn:introducer:problem:no-such-route', status: 404 });
    const wrong = await api.operator.send('DELETE', '/api/v1/partners');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, GET, HEAD']);
    const literal = await api.operator.send('PATCH', '/api/v1/partners/me', {});
    expect([literal.status, literal.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(`${api.url}/api/v1/program`, { method: 'HEAD' })).status).toBe(401);
    for (const path of ['/docs', '/docs/', '/docs/anything', '/api/v1/openapi.json']) {
      const posted = await api.as(null).send('POST', path, {});
      expect([path, posted.status, posted.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
    }
  });

  it.each([
    ['nothing', {}, 'Bearer realm="introducer"'],
    [
      'an unknown key',
      { authorization: 'Bearer intk_0000000000000000_x' },
      'Bearer realm="introducer", error="invalid_token"',
    ],
    ['another scheme', { authorization: 'Basic eDp5' }, 'Bearer realm="introducer", error="invalid_token"'],
    ['an empty bearer', { authorization: 'Bearer ' }, 'Bearer realm="introducer", error="invalid_token"'],
  ])('asks for a key when a call shows %s', async (_what, headers, challenge) => {
    const answer = await get('/api/v1/program', headers);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge]);
  });

  it.each([
    ['', '*/*', 'application/json'],
    ['', 'application/json, text/csv;q=0.5', 'application/json'],
    ['', 'text/csv', 'text/csv'],
    ['', 'application/json;q=0.5, text/csv', 'text/csv'],
    ['', 'application/pdf', 'application/json'],
    ['?format=csv', 'application/json', 'text/csv'],
    ['?format=json', 'text/csv', 'application/json'],
  ])('answers a table asked for with %j and Accept %s as %s', async (query, accept, type) => {
    const answer = await get(`/api/v1/table${query}`, { accept });
    expect([answer.headers.get('content-type'), answer.headers.get('vary')]).toEqual([
      `${type}; charset=utf-8`,
      'Accept',
    ]);
    expect(await answer.text()).toBe(type === 'text/csv' ? 'a\r\n1\r\n' : '{"a":"1"}');
    expect(answer.headers.get('content-disposition')).toBe(
      type === 'text/csv' ? 'attachment; filename=table.csv' : null,
    );
  });

  it('gives every answer an id, the caller’s own where it is one', async () => {
    expect((await get('/healthz', { 'x-request-id': 'mine-1' })).headers.get('x-request-id')).toBe('mine-1');
    const made = await get('/healthz', { 'x-request-id': 'two words {}' });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const problem = await api.as(null).send<{ requestId: string }>('GET', '/api/v1/program');
    expect(problem.body.requestId).toBe(problem.headers.get('x-request-id'));
  });

  it('says nothing of its inside when it fails, and leads to the cause in the log', async () => {
    const answer = await api.as(null).send<{ requestId: string }>('GET', '/api/v1/failing');
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([500, expect.not.stringContaining('inside of')]);
    const line = logLines.find((one) => one['requestId'] === answer.body.requestId);
    expect(line).toMatchObject({ msg: 'request failed', err: { message: 'the inside of the service' } });
  });

  it.each([
    ['asks to try again when the database does not answer', 'ECONNREFUSED', 503, '1'],
    ['asks to try again when two transactions kept locking each other out', '40P01', 503, '1'],
    ['takes text that cannot be stored for the caller’s fault', '22021', 400, null],
    ['takes a broken rule of the database for a fault of ours', '23505', 500, null],
  ])('%s', async (_what, code, status, retryAfter) => {
    failWith = Object.assign(new Unforeseen('from the database'), { code });
    const answer = await api.as(null).send('GET', '/api/v1/failing');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
  });

  it('logs each request without its query, headers and secrets', async () => {
    await get('/r/secret-token?email=person@example.com', { authorization: 'Bearer intk_secret' });
    await get('/%72/secret-token%ff');
    await get('/join/secret-token');
    await get('/api/v1/invitations/secret-token');
    await get('/api/auth/reset-password/secret-token?callbackURL=/new-password');
    const line = logLines.find((one) => JSON.stringify(one).includes('/r/'));
    expect(line).toMatchObject({ req: { method: 'GET', path: '/r/***' }, res: { status: 200 } });
    expect(JSON.stringify(logLines)).not.toMatch(/secret-token|person@example|intk_secret/);
    expect(JSON.stringify(logLines)).not.toContain('/healthz');
  });

  it('lets pages run scripts of ours alone and be framed by nobody', async () => {
    const page = await get('/r/token');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('x-powered-by')).toBeNull();
  });

  it('shows a person a page when something fails, and a program a problem', async () => {
    const send = (accept: string): Promise<Response> =>
      fetch(`${api.url}/r/token`, { method: 'POST', headers: { accept } });
    expect(await (await send('text/html,*/*;q=0.8')).text()).toContain('<h1>A fault of ours</h1>');
    expect((await send('*/*')).headers.get('content-type')).toContain('application/problem+json');
  });

  it('passes webhooks on before anything else, body untouched', async () => {
    const answer = await fetch(`${api.url}/webhooks/test`, { method: 'POST', body: '[]' });
    expect(await answer.text()).toBe('true undefined');
  });

  it('tells the operator’s machinery how it is', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, checks: { database: 'does not answer' } },
    ]);
    expect((await get('/metrics')).status).toBe(200);
    await api.operator.get('/api/v1/partners');
    expect(await registry.metrics()).toContain(
      'http_request_duration_seconds_count{method="get",path="/api/v1/partners",status="200"} 1',
    );
  });

  it('is described at /docs, which runs its own scripts only', async () => {
    expect((await get('/docs')).headers.get('location')).toBe('/docs/');
    const docs = await get('/docs/');
    expect([docs.status, docs.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self';");
    const page = await docs.text();
    expect(page).not.toMatch(/<script>(?!\s*<\/script>)[^<]/);
    for (const asset of ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-init.js']) {
      expect(page).toContain(asset);
      expect((await get(`/docs/${asset}`)).status).toBe(200);
    }
    expect(await (await get('/docs/swagger-ui-init.js')).text()).toContain('/api/v1/openapi.json');
  });

  it.each([
    ['application/yaml', 'plan: standard', 'yaml'],
    ['text/yaml; charset=UTF-8', 'plan: standard', 'yaml'],
    ['application/json', '{"plan":"standard"}', 'json'],
  ])('hands a document in %s to its stage as text', async (type, text, format) => {
    const answer = await api.operator.send('POST', '/api/v1/document', text, { 'content-type': type });
    expect([answer.status, answer.body]).toEqual([200, { format, text }]);
  });

  it.each([
    ['text/plain', 'plan: standard', 415],
    ['application/json', '{"plan":', 400],
    ['application/json', '{"plan":"\\u0000"}', 400],
    ['application/yaml', 'plan: "a\0"', 400],
  ])('refuses a document in %s that cannot be read', async (type, text, status) => {
    expect((await api.operator.send('POST', '/api/v1/document', text, { 'content-type': type })).status).toBe(status);
  });
});
