import { Agent, request } from 'node:http';
import type { Delivery } from './deliveries.js';

export interface SendOptions {
  readonly url: string;
  readonly inFlight: number;
  /** Begin nothing more after this long. */
  readonly stopAfterMs?: number;
}

export interface Sending {
  readonly startedMs: number;
  readonly endedMs: number;
  /** Deliveries answered with 2xx, and how long each answer took. */
  readonly acknowledgedMs: readonly number[];
  readonly refused: number;
}

/** Sends deliveries over connections that stay open, a fixed number in flight: a next one leaves as one is answered. */
export async function send(deliveries: readonly Delivery[], options: SendOptions): Promise<Sending> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.inFlight });
  const acknowledgedMs: number[] = [];
  let refused = 0;
  let next = 0;
  const startedMs = performance.now();
  const mayGoOn = (): boolean => performance.now() - startedMs < (options.stopAfterMs ?? Infinity);
  const sender = async (): Promise<void> => {
    while (mayGoOn()) {
      const delivery = deliveries[next++];
      if (delivery === undefined) return;
      const sentMs = performance.now();
      const status = await post(agent, options.url, delivery);
      if (status >= 200 && status < 300) acknowledgedMs.push(performance.now() - sentMs);
      else refused += 1;
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, sender));
  agent.destroy();
  return { startedMs, endedMs: performance.now(), acknowledgedMs, refused };
}

function post(agent: Agent, url: string, { body, headers }: Delivery): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers: { ...headers, 'Content-Length': body.length } });
    call.once('error', reject);
    call.once('response', (response) => {
      response.resume();
      response.once('end', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    call.end(body);
  });
}
