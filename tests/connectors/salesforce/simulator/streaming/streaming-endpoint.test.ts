import { eventually } from '../../../../support/eventually.js';
import type { SimulatedStreaming } from '../../simulated-streaming.js';
import { goodToken, startSimulatedStreaming } from '../../simulated-streaming.js';

let org: SimulatedStreaming;

beforeEach(async () => {
  org = await startSimulatedStreaming();
});

afterEach(() => org.stop());

interface Post {
  readonly method?: string;
  readonly path?: string;
  readonly token?: string;
  readonly cookie?: string;
  readonly body?: unknown;
}

const handshake = { channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'], id: '1' };

async function send({
  method = 'POST',
  path = '/cometd/67.0',
  token = goodToken,
  cookie,
  body,
}: Post): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${org.access.instanceUrl}${path}`, {
    method,
    headers: { Authorization: `OAuth ${token}`, ...(cookie === undefined ? {} : { Cookie: cookie }) },
    redirect: 'manual',
    ...(method === 'GET' ? {} : { body: text }),
  });
}

async function answersTo(post: Post): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const response = await send(post);
  expect(response.status).toBe(200);
  return (await response.json()) as readonly Readonly<Record<string, unknown>>[];
}

async function join(): Promise<{ readonly clientId: string; readonly cookie: string }> {
  const response = await send({ body: [handshake] });
  const [answer] = (await response.json()) as [{ readonly clientId: string }];
  return { clientId: answer.clientId, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

describe('the simulated streaming endpoint', () => {
  it('answers each message of a request, and the first poll at once', async () => {
    const { clientId, cookie } = await join();
    const answers = await answersTo({
      cookie,
      body: [
        { channel: '/meta/connect', clientId, connectionType: 'long-polling', id: '2', advice: { timeout: 0 } },
        { channel: '/meta/subscribe', clientId, subscription: '/data/ChangeEvents', id: '3' },
      ],
    });
    expect(answers).toMatchObject([
      { channel: '/meta/subscribe', id: '3', subscription: '/data/ChangeEvents', successful: true },
      { channel: '/meta/connect', id: '2', successful: true, advice: { reconnect: 'retry', timeout: 200 } },
    ]);
  });

  it.each([
    ['a probe for websockets', { method: 'GET' }, 400],
    ['an address without a version', { path: '/cometd', body: [handshake] }, 400],
    ['what is no message', { body: 'hello' }, 400],
    ['no message', { body: [] }, 400],
    ['more than 32,768 bytes', { body: [{ ...handshake, ext: { x: 'x'.repeat(33_000) } }] }, 413],
  ])('refuses %s', async (_, post, status) => {
    expect((await send(post)).status).toBe(status);
  });

  it('denies a handshake without a good token, and tells why in an extension', async () => {
    expect(await answersTo({ token: 'bad', body: [handshake] })).toEqual([
      {
        channel: '/meta/handshake',
        id: '1',
        ext: { sfdc: { failureReason: '401::Authentication invalid' }, replay: true, 'payload.format': true },
        advice: { reconnect: 'none', interval: 0 },
        error: '403::Handshake denied',
        successful: false,
      },
    ]);
  });

  it('refuses a token as REST does, where that is switched on', async () => {
    org.configure({ refusal: 'http' });
    const response = await send({ token: 'bad', body: [handshake] });
    expect([response.status, await response.json()]).toEqual([
      401,
      [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    ]);
  });

  it('refuses a poll whose token has run out, and advises nothing', async () => {
    const { clientId, cookie } = await join();
    org.tokens.clear();
    const answers = await answersTo({ cookie, body: [{ channel: '/meta/connect', clientId, id: '2' }] });
    expect(answers).toMatchObject([{ error: '401::Authentication invalid', advice: { reconnect: 'none' } }]);
  });

  it.each(['without its cookie', 'after a disconnect', 'after a silence'])(
    'does not know a client %s',
    async (when) => {
      org.configure({ reconnectWithinMs: 50 });
      const { clientId, cookie } = await join();
      if (when === 'after a disconnect') {
        await answersTo({ cookie, body: [{ channel: '/meta/disconnect', clientId, id: '9' }] });
      }
      if (when === 'after a silence') await eventually('it is forgotten', () => org.counts().clients === 0);
      const sentCookie = when === 'without its cookie' ? {} : { cookie };
      const answers = await answersTo({ ...sentCookie, body: [{ channel: '/meta/connect', clientId, id: '2' }] });
      expect(answers).toMatchObject([{ error: '403::Unknown client', advice: { reconnect: 'handshake' } }]);
    },
  );

  it('is switched over HTTP as well', () => {
    const order = (body: unknown): unknown => org.control('POST', '/', body);
    expect(order({ do: 'configure', settings: { pollMs: 50 } })).toMatchObject({ clients: 0 });
    order({ do: 'fault', fault: { kind: 'cut', step: 'handshake' } });
    expect(org.settings.pollMs).toBe(50);
    expect(org.control('GET', '/', undefined)).toEqual(org.counts());
    expect(() => order({ do: 'fault', fault: { kind: 'explode' } })).toThrow();
    expect(() => order({ do: 'nothing' })).toThrow();
    return expect(send({ body: [handshake] })).rejects.toThrow();
  });
});
