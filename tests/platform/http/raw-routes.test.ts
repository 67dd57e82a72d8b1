import { connect } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import { DomainError } from '../../../src/platform/domain-error.js';
import { startHttpServer, type HttpServer } from '../../../src/platform/http/http-server.js';
import { withRawRoutes, type RawRequest } from '../../../src/platform/http/raw-routes.js';

class Refused extends DomainError {}
class Unforeseen extends Error {}

const seen: RawRequest[] = [];
let server: HttpServer;

beforeAll(async () => {
  const listener = withRawRoutes(
    [
      {
        path: '/webhooks/test',
        maxBytes: 1000,
        handle: (request) => {
          seen.push(request);
          const text = request.rawBody.toString('latin1');
          if (text === 'refuse') throw new Refused({ kind: 'forbidden', code: 'refused', message: 'No.' });
          if (text === 'fail') return Promise.reject(new Unforeseen('the inside'));
          return Promise.resolve({ status: 200 });
        },
      },
      {
        path: '/secret/*',
        maxBytes: 1000,
        handle: ({ originalUrl }) =>
          Promise.resolve(
            originalUrl === '/secret/known'
              ? { status: 202, content: { contentType: 'text/xml', body: '<yes/>' } }
              : null,
          ),
      },
    ],
    pino({ level: 'silent' }),
    (_request, response) => response.writeHead(404).end('next'),
  );
  server = await startHttpServer(listener, 0, '127.0.0.1');
});
afterAll(() => server.close(1_000));

const send = (path: string, body: string | Uint8Array<ArrayBuffer>, method = 'POST'): Promise<Response> =>
  fetch(`http://127.0.0.1:${String(server.port)}${path}`, { method, body: method === 'GET' ? null : body });

describe('a raw route', () => {
  it('gets the bytes and the address as they came', async () => {
    const bytes = new Uint8Array([0, 255, 13, 10, 34]);
    expect((await send('/webhooks/test?a=%2f&b', bytes)).status).toBe(200);
    expect(seen.at(-1)).toMatchObject({ method: 'POST', originalUrl: '/webhooks/test?a=%2f&b' });
    expect(seen.at(-1)?.rawBody.equals(Buffer.from(bytes))).toBe(true);
    expect((await send('/webhooks/test', '')).status).toBe(200);
  });

  it('leaves everything that is not its own to the rest of the service', async () => {
    for (const [path, method] of [
      ['/webhooks/test/', 'POST'],
      ['/webhooks', 'POST'],
      ['/webhooks/test', 'GET'],
    ] as const) {
      expect(await (await send(path, 'x', method)).text()).toBe('next');
    }
  });

  it('answers what it refuses and what fails with a problem, which says nothing of its inside', async () => {
    const refused = await send('/webhooks/test', 'refuse');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
    expect(await refused.json()).toMatchObject({ type: 'urn:introducer:problem:refused', detail: 'No.' });
    const failed = await send('/webhooks/test', 'fail');
    expect([failed.status, await failed.text()]).toEqual([500, expect.not.stringContaining('inside')]);
  });

  it('reads no more than it has to of a body that is too large', async () => {
    const before = seen.length;
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST /webhooks/test HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n');
    socket.write(Buffer.alloc(2000));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 [\s\S]*Connection: close/);
    await once(socket.resume(), 'close');
    expect(seen).toHaveLength(before);
  });

  it('may take any last segment, answer in words of its own, and leave what is not for it to the rest', async () => {
    const answer = await send('/secret/known', 'x');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      202,
      'text/xml',
      '<yes/>',
    ]);
    for (const path of ['/secret/unknown', '/secret/', '/secret', '/secret/known/more']) {
      expect(await (await send(path, 'x')).text()).toBe('next');
    }
  });

  it('is not disturbed by a sender that hangs up', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST /webhooks/test HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    socket.end();
    await once(socket.resume(), 'close');
    expect((await send('/webhooks/test', 'x')).status).toBe(200);
  });
});
