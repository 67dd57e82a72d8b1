import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiFault } from '../account/api-fault.js';
import type { ControlServer } from '../control/control.routes.js';
import { answerConsent, consentPath, type ConsentWorld } from '../oauth/consent.routes.js';
import type { PageServer } from '../page/page.routes.js';
import type { ApiServer } from './api-server.js';
import type { WireReply } from './error-reply.js';
import { faultReply, noSuchPath, serverError } from './error-reply.js';
import { parseText, readText } from './read-request.js';
import { sendReply } from './send-reply.js';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly api: ApiServer;
  readonly control: ControlServer;
  readonly pages: PageServer;
  readonly consent: ConsentWorld;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

const controlPrefix = '/_sim';
const keepAliveMs = 60_000;

/** Everything that is not the API: the person's pages, the controls, consent. None of it is limited, late or faulty. */
async function serveRest(options: HttpServerOptions, request: IncomingMessage, url: URL): Promise<WireReply> {
  const method = request.method ?? '';
  const body = parseText(await readText(request), request.headers['content-type']);
  if (url.pathname === consentPath) return answerConsent(options.consent, method, url, body) ?? noSuchPath();
  if (url.pathname.startsWith(`${controlPrefix}/`)) {
    return (await options.control(method, url.pathname.slice(controlPrefix.length), body)) ?? noSuchPath();
  }
  return options.pages(method, url, body) ?? noSuchPath();
}

function isApi(path: string): boolean {
  return path !== consentPath && /^\/+(crm|oauth|account-info|appinstalls|automation|webhooks)\//.test(path);
}

export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Put together by hand: a base URL with a trailing slash makes `//crm/…`, which must stay a wrong path.
    const url = new URL(`http://${options.host}${request.url ?? '/'}`);
    if (isApi(url.pathname)) return options.api(request, response, url);
    sendReply(response, await serveRest(options, request, url));
  };
  const server = http.createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      sendReply(
        response,
        error instanceof ApiFault ? faultReply(error) : { ...serverError(500), body: { message: reason } },
      );
    });
  });
  // Longer than callers keep idle connections, so that none is closed under a request that is just being sent.
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
