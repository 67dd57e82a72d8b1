import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BayeuxLine } from '../../../connectors/salesforce/bayeux-line.js';
import { openLine } from '../../../connectors/salesforce/bayeux-line.js';

const connected = JSON.stringify([{ channel: '/meta/connect', successful: true }]);
let answer: http.RequestListener = () => undefined;
let asked: http.IncomingHttpHeaders[] = [];
let server: http.Server;
let closing: AbortController;

beforeEach(async () => {
  asked = [];
  closing = new AbortController();
  server = http.createServer((request, response) => {
    asked.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function open(): BayeuxLine {
  const { port } = server.address() as AddressInfo;
  return openLine({ instanceUrl: `http://127.0.0.1:${port}`, accessToken: 'secret', version: '67.0' }, closing.signal);
}

describe('the line to the streaming endpoint', () => {
  it('shows its token, and the cookies it was given until they are taken back', async () => {
    const cookies = [['a=1; Path=/; HttpOnly', 'b=2'], ['b=; Max-Age=0'], []];
    answer = (_, response) => response.setHeader('Set-Cookie', cookies.shift() ?? []).end(connected);
    const line = open();
    await line.post('[]', 1_000);
    await line.post('[]', 1_000);
    await line.post('[]', 1_000);
    expect(asked.map(({ authorization }) => authorization)).toEqual(Array(3).fill('OAuth secret'));
    expect(asked.map(({ cookie }) => cookie)).toEqual([undefined, 'a=1; b=2', 'a=1']);
  });

  it('learns what time it is in Salesforce', async () => {
    answer = (_, response) => response.setHeader('Date', 'Fri, 27 Nov 2026 09:00:00 GMT').end(connected);
    expect((await open().post('[]', 1_000)).serverTime).toBe(Date.parse('2026-11-27T09:00:00Z'));
  });

  it.each<[string, http.RequestListener]>([
    ['never comes', () => undefined],
    ['begins and never ends', (_, response) => void response.writeHead(200).write(connected.slice(0, 10))],
  ])('takes an answer that %s for silence', async (_, listener) => {
    answer = listener;
    await expect(open().post('[]', 100)).rejects.toMatchObject({ fault: 'silent', message: 'no answer within 100 ms' });
  });

  it('lets go at once of what is under way when the stream closes', async () => {
    answer = (_, response) => void response.writeHead(200).write('[');
    const post = open().post('[]', 60_000);
    setTimeout(() => closing.abort(), 50);
    await expect(post).rejects.toMatchObject({ fault: 'unavailable' });
  });

  it.each<[string, string, http.RequestListener]>([
    [
      'a session that is over',
      'token-refused',
      (_, response) => response.writeHead(401).end('[{"errorCode":"INVALID_SESSION_ID"}]'),
    ],
    [
      'an address that has moved',
      'token-refused',
      (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end(),
    ],
    [
      'the limit of calls',
      'limited',
      (_, response) => response.writeHead(403).end('[{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]'),
    ],
    [
      'an edition without the API',
      'not-entitled',
      (_, response) => response.writeHead(403).end('[{"errorCode":"API_DISABLED_FOR_ORG"}]'),
    ],
    ['a page of a proxy', 'unavailable', (_, response) => response.writeHead(200).end('<html>maintenance</html>')],
    ['a connection that breaks', 'unavailable', (request) => void request.socket.destroy()],
  ])('knows %s', async (_, fault, listener) => {
    answer = listener;
    await expect(open().post('[]', 1_000)).rejects.toMatchObject({ fault });
    expect(asked).toHaveLength(1);
  });

  it('stays away for as long as it is asked to', async () => {
    answer = (_, response) => response.writeHead(429, { 'Retry-After': '7' }).end('slow down');
    await expect(open().post('[]', 1_000)).rejects.toMatchObject({ fault: 'limited', retryAfterMs: 7_000 });
  });

  it('reads no answer without an end into memory', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    answer = (_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write(megabyte, more);
      };
      more();
    };
    await expect(open().post('[]', 20_000)).rejects.toMatchObject({ message: 'an answer of more than 67108864 bytes' });
  });

  it('says goodbye without waiting for long, whatever happens', async () => {
    answer = (request) => void request.socket.destroy();
    closing.abort();
    await expect(open().farewell('[]')).resolves.toBeUndefined();
  });
});
