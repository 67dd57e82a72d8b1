import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlReply } from '../control/control-reply.js';
import type { ControlServer } from '../control/control.routes.js';
import { OrgFault } from '../org/org-fault.js';
import type { PageServer } from '../page/page.routes.js';
import type { ApiServer } from './api-server.js';
import type { MountedEndpoint } from './endpoint.js';
import { parseText, readText } from './read-request.js';
import type { WireReply } from './reply.js';
import { faultReply, restError } from './reply.js';
import { sendReply } from './send-reply.js';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly api: ApiServer;
  readonly control: ControlServer;
  readonly pages: PageServer;
}

/** The org's addresses: the first one stays for signing in, the last one is where the org answers. */
export interface RunningServer {
  readonly loginUrl: string;
  instanceUrl(): string;
  /** Opens another address and moves the org there. @returns it. */
  move(): Promise<string>;
  mount(endpoint: MountedEndpoint): void;
  close(): Promise<void>;
}

const controlPrefix = '/_sim';
const keepAliveMs = 60_000;

function isApi(path: string): boolean {
  return /^\/+(services|id)\//.test(path);
}

/** Everything that is not the API: the person's pages and the controls. None of it is limited, late or faulty. */
async function serveRest(
  { control, pages }: HttpServerOptions,
  mounted: readonly MountedEndpoint[],
  request: IncomingMessage,
  url: URL,
): Promise<WireReply> {
  const method = request.method ?? '';
  const body = parseText(await readText(request), request.headers['content-type']);
  const notThere = restError(404, 'NOT_FOUND', 'No such page.');
  if (!url.pathname.startsWith(`${controlPrefix}/`)) return pages(method, url, body) ?? notThere;
  const path = url.pathname.slice(controlPrefix.length);
  const own = await control(method, path, body);
  if (own !== null) return own;
  const endpoint = mounted.find(({ prefix }) => path.startsWith(prefix));
  const switches = endpoint?.control;
  if (endpoint === undefined || switches === undefined) return notThere;
  return controlReply(() => switches(method, path.slice(endpoint.prefix.length - 1), body));
}

function listen(server: http.Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`));
  });
}

function failure(error: unknown): WireReply {
  if (error instanceof OrgFault) return faultReply(error);
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return restError(500, 'SIMULATOR_MISTAKE', reason);
}

export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  const mounted: MountedEndpoint[] = [];
  const servers: http.Server[] = [];
  const urls: string[] = [];
  const open = async (port: number): Promise<string> => {
    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      // Put together by hand: an instance URL with a trailing slash makes `//services/…`, which must stay a wrong path.
      const url = new URL(`http://${options.host}${request.url ?? '/'}`);
      const endpoint = mounted.find(({ prefix }) => url.pathname.startsWith(prefix));
      if (endpoint !== undefined) return endpoint.handle(request, response, url);
      if (isApi(url.pathname)) return options.api(request, response, url, servers.at(-1) === server);
      sendReply(response, await serveRest(options, mounted, request, url));
    };
    const server = http.createServer((request, response) => {
      serve(request, response).catch((error: unknown) => sendReply(response, failure(error)));
    });
    // Longer than callers keep idle connections, so that none is closed under a request that is just being sent.
    server.keepAliveTimeout = keepAliveMs;
    const url = await listen(server, options.host, port);
    servers.push(server);
    urls.push(url);
    return url;
  };
  const loginUrl = await open(options.port);
  return {
    loginUrl,
    instanceUrl: () => urls.at(-1) ?? loginUrl,
    move: () => open(0),
    mount: (endpoint) => void mounted.push(endpoint),
    async close() {
      for (const endpoint of mounted) await endpoint.close?.();
      const closing = servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      );
      await Promise.all(closing);
    },
  };
}
