import { z } from 'zod';

/**
 * What can go wrong with a request. `cut`: the connection breaks before an answer. `deliver-then-cut`: it breaks and the events of
 * the answer are gone. `silent`: no answer, ever. `repeat`: the answer's events come twice. `forget`: the client is unknown.
 * `lose-subscription`: the subscription is gone and nobody says so. `busy`, `bad-gateway`, `redirect`: what they say. `deny`: the
 * token is refused although it is good.
 */
const requestFaults = [
  'cut',
  'deliver-then-cut',
  'silent',
  'repeat',
  'forget',
  'lose-subscription',
  'busy',
  'bad-gateway',
  'redirect',
  'deny',
] as const;

/**
 * What can become of a transaction's events. `gap` and `overflow` tell less, `wildcard` names no record, `drop` tells nothing,
 * `late` lets the next transaction go first: Salesforce keeps the order of one record, which a later commit of another may pass.
 */
const eventFaults = ['gap', 'overflow', 'wildcard', 'drop', 'late'] as const;

const streamingFault = z.union([
  z.strictObject({
    kind: z.enum(requestFaults),
    /** The message it hits. */
    step: z.enum(['handshake', 'subscribe', 'connect']).default('connect'),
    /** How many it hits; without end when left out. */
    count: z.number().int().min(1).optional(),
    /** How many it lets pass first. */
    skip: z.number().int().min(0).default(0),
  }),
  z.strictObject({
    kind: z.enum(eventFaults),
    count: z.number().int().min(1).optional(),
    skip: z.number().int().min(0).default(0),
  }),
]);

export type StreamingFault = z.input<typeof streamingFault>;
export type RequestFault = (typeof requestFaults)[number];
export type EventFault = (typeof eventFaults)[number];

/** The switches that make the stream misbehave. */
export interface StreamingFaults {
  /** @throws ZodError for a fault it cannot read. */
  add(fault: unknown): void;
  clear(): void;
  /** The fault a message meets, counted as a hit; the oldest decides. */
  strike(step: string): RequestFault | null;
  strikeEvents(): EventFault | null;
}

export function createStreamingFaults(): StreamingFaults {
  let standing: { readonly fault: z.output<typeof streamingFault>; hits: number; skipped: number }[] = [];
  const strike = (step: string | null): RequestFault | EventFault | null => {
    for (const entry of standing) {
      const { fault } = entry;
      const at = 'step' in fault ? fault.step : null;
      if (at !== step || entry.hits >= (fault.count ?? Number.POSITIVE_INFINITY)) continue;
      if (entry.skipped < fault.skip) {
        entry.skipped += 1;
        continue;
      }
      entry.hits += 1;
      return fault.kind;
    }
    return null;
  };
  return {
    add: (fault) => void standing.push({ fault: streamingFault.parse(fault), hits: 0, skipped: 0 }),
    clear: () => void (standing = []),
    strike(step) {
      const struck = strike(step);
      return requestFaults.find((kind) => kind === struck) ?? null;
    },
    strikeEvents() {
      const struck = strike(null);
      return eventFaults.find((kind) => kind === struck) ?? null;
    },
  };
}
