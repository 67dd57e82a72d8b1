import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody who is called: keeps what came and answers as told. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** All events of all deliveries, in the order they came. */
  events(): readonly Record<string, unknown>[];
  close(): Promise<void>;
}

/** @param answer the status for the nth call (from 0), or `'hang'` for none at all */
export async function startReceiver(answer: (call: number) => number | 'hang' = () => 200): Promise<Receiver> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answer(received.length);
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      if (status !== 'hang') response.writeHead(status).end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    events: () => received.flatMap(({ body }) => JSON.parse(body) as Record<string, unknown>[]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
