import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Answer, Desk, SentMessage } from './meta-messages.js';
import { answerConnect, answerHandshake, answerSubscribe, named, refuse, sentMessage } from './meta-messages.js';
import type { RequestFault, StreamingFaults } from './streaming-faults.js';

/** Serves `/cometd/{version}`. */
export type StreamingEndpoint = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

export interface StreamingEndpointOptions extends Desk {
  readonly faults: StreamingFaults;
  /** Whether an access token is good. */
  readonly admit: (accessToken: string) => boolean;
  /** Epoch milliseconds, told in each answer. */
  readonly now: () => number;
  /** Told of each message, e.g. `connect`. */
  readonly onMessage: (step: string) => void;
}

interface Asked {
  readonly isAdmitted: boolean;
  readonly cookie: string | null;
  readonly gone: AbortSignal;
}

/** How a request ends without an ordinary answer. */
type Ending = 'cut' | 'silent' | { readonly status: number; readonly body: string; readonly location?: string };

const largestBody = 32_768;
const cookieName = 'BAYEUX_BROWSER';
const sentMessages = z.union([z.array(sentMessage).min(1), sentMessage.transform((message) => [message])]);

export function createStreamingEndpoint(options: StreamingEndpointOptions): StreamingEndpoint {
  return async (request, response, url) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.setHeader('Date', new Date(options.now()).toUTCString());
    const outcome = await outcomeOf(options, request, url, gone.signal);
    if (Array.isArray(outcome)) sendAnswers(response, outcome);
    else end(request, response, outcome);
  };
}

async function outcomeOf(
  options: StreamingEndpointOptions,
  request: IncomingMessage,
  url: URL,
  gone: AbortSignal,
): Promise<Answer[] | Ending> {
  const refusal = refusedOutright(request, url);
  if (refusal !== null) return refusal;
  const body = await readBody(request);
  if (body === null) return { status: 413, body: 'Request entity too large' };
  const messages = sentMessages.safeParse(parse(body)).data;
  if (messages === undefined) return { status: 400, body: '400::Invalid message' };
  const token = /^(?:OAuth|Bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const isAdmitted = options.admit(token);
  if (!isAdmitted && options.settings.refusal === 'http') return sessionExpired;
  return answerAll(options, messages, { isAdmitted, cookie: cookieOf(request), gone });
}

function sendAnswers(response: ServerResponse, answers: readonly Answer[]): void {
  const greeting = answers.find(({ channel, successful }) => channel === '/meta/handshake' && successful === true);
  const clientId = typeof greeting?.clientId === 'string' ? greeting.clientId : null;
  const cookies = clientId === null ? {} : { 'Set-Cookie': `${cookieName}=${clientId}; Path=/; HttpOnly` };
  send(response, 200, JSON.stringify(answers), { 'Content-Type': 'application/json;charset=UTF-8', ...cookies });
}

const sessionExpired = {
  status: 401,
  body: JSON.stringify([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]),
};

function refusedOutright(request: IncomingMessage, url: URL): Ending | null {
  if (!/^\/cometd\/\d+\.\d\/?$/.test(url.pathname)) return { status: 400, body: '400::Unsupported API version' };
  // A probe for websockets comes as GET; its sender then carries on with long polling.
  return request.method === 'POST' ? null : { status: 400, body: '400::Unsupported transport' };
}

/** Every message of the request is answered; a poll last, since it may be held. */
async function answerAll(
  options: StreamingEndpointOptions,
  messages: readonly SentMessage[],
  asked: Asked,
): Promise<Answer[] | Ending> {
  const answers: Answer[] = [];
  const isPoll = ({ channel }: SentMessage): boolean => channel === '/meta/connect';
  for (const sent of [...messages.filter((one) => !isPoll(one)), ...messages.filter(isPoll)]) {
    const step = sent.channel.replace('/meta/', '');
    options.onMessage(step);
    const fault = options.faults.strike(step);
    const ending = fault === null ? null : endingOf(fault);
    if (ending !== null) return ending;
    const answered = await answer(options, sent, fault, asked);
    if (answered === null || fault === 'deliver-then-cut') return 'cut';
    answers.push(...answered);
  }
  return answers;
}

function endingOf(fault: RequestFault): Ending | null {
  switch (fault) {
    case 'cut':
    case 'silent':
      return fault;
    case 'bad-gateway':
      return { status: 502, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' };
    case 'redirect':
      return { status: 302, body: '', location: 'https://moved.my.salesforce.com/' };
    case 'deliver-then-cut':
    case 'repeat':
    case 'forget':
    case 'lose-subscription':
    case 'busy':
    case 'deny':
      return null;
  }
}

async function answer(
  desk: StreamingEndpointOptions,
  sent: SentMessage,
  fault: RequestFault | null,
  { isAdmitted, cookie, gone }: Asked,
): Promise<readonly Answer[] | null> {
  const isGood = isAdmitted && fault !== 'deny';
  if (fault === 'busy') {
    const error = '503::Server is too busy.  Try your request again later.';
    return [{ ...named(sent), error, successful: false }];
  }
  if (sent.channel === '/meta/handshake') return [answerHandshake(desk, sent, isGood)];
  if (!isGood) return [refuse(sent, '401::Authentication invalid')];
  const client = desk.clients.find(sent.clientId);
  if (client !== null && fault === 'forget') desk.clients.remove(client.id);
  // Without the cookie the request comes to another server, which does not know the client.
  if (client === null || fault === 'forget' || cookie !== client.id) return [refuse(sent, '403::Unknown client')];
  if (fault === 'lose-subscription') client.subscriptions.clear();
  desk.clients.touch(client);
  switch (sent.channel) {
    case '/meta/subscribe':
      return [answerSubscribe(desk, client, sent)];
    case '/meta/unsubscribe':
      client.subscriptions.delete(sent.subscription ?? '');
      return [{ ...named(sent), clientId: client.id, subscription: sent.subscription, successful: true }];
    case '/meta/disconnect':
      desk.clients.remove(client.id);
      return [{ ...named(sent), clientId: client.id, successful: true }];
    case '/meta/connect': {
      const answers = await answerConnect(desk, client, sent, gone);
      if (answers === null || fault !== 'repeat') return answers;
      return answers.flatMap((one): readonly Answer[] => ('data' in one ? [one, one] : [one]));
    }
    default:
      return [{ ...named(sent), clientId: client.id, error: '403::Restricted channel', successful: false }];
  }
}

function end(request: IncomingMessage, response: ServerResponse, ending: Ending): void {
  if (ending === 'silent') return;
  if (ending === 'cut') {
    request.socket.destroy();
    return;
  }
  const type = ending.body.startsWith('[') ? 'application/json' : 'text/html';
  const location = ending.location === undefined ? {} : { Location: ending.location };
  send(response, ending.status, ending.body, { 'Content-Type': type, ...location });
}

function send(response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>>): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** @returns `null` for what is too large */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return size > largestBody ? null : Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cookieOf(request: IncomingMessage): string | null {
  return new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? null;
}
