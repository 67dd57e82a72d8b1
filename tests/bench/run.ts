import { setTimeout as pause } from 'node:timers/promises';
import type { Contender } from './contender.js';
import type { Crm } from './crm.js';
import type { ChangedDeal } from './deals.js';
import { deliveriesFor } from './deliveries.js';
import { send, type Sending } from './send.js';
import { quantile } from './statistics.js';

/** How many webhooks HubSpot has in flight in every measure. */
export const inFlight = 16;

export interface Run {
  /** From the first webhook sent to the last commission committed and nothing left to do. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly acknowledgedP50Ms: number;
  readonly acknowledgedP99Ms: number;
}

const lookEveryMs = 20;
const longestRunMs = 180_000;

/** Tells a contender of changed deals and waits until it has dealt with every one of them. */
export async function runThrough(
  contender: Contender,
  crm: Crm,
  deals: readonly ChangedDeal[],
  eventsEach: number,
): Promise<Run> {
  const linesBefore = await contender.countLines();
  const linesAfter = linesBefore + deals.filter((deal) => deal.won).length;
  const receiver = { url: contender.webhookUrl, clientSecret: crm.clientSecret, portalId: crm.portalId };
  const sending = await send(deliveriesFor(receiver, deals, eventsEach), { url: contender.webhookUrl, inFlight });
  if (sending.refused > 0) throw new Error(`${sending.refused} deliveries were refused`);
  await untilDone(contender, linesAfter, sending);
  const seconds = (performance.now() - sending.startedMs) / 1000;
  return {
    seconds,
    eventsPerSecond: deals.length / seconds,
    acknowledgedP50Ms: quantile(sending.acknowledgedMs, 0.5),
    acknowledgedP99Ms: quantile(sending.acknowledgedMs, 0.99),
  };
}

async function untilDone(contender: Contender, lines: number, { startedMs }: Sending): Promise<void> {
  for (;;) {
    const idle = await contender.isIdle();
    // Counting costs more than looking whether anything is left to do.
    const booked = idle ? await contender.countLines() : 0;
    if (idle && booked === lines) return;
    if (booked > lines) throw new Error(`${booked} commission lines where ${lines} were expected`);
    if (performance.now() - startedMs > longestRunMs) {
      throw new Error(`After ${longestRunMs} ms ${booked} of ${lines} lines are there, idle: ${String(idle)}`);
    }
    await pause(lookEveryMs);
  }
}
