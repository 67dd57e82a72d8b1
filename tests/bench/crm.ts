import { z } from 'zod';
import type { SettingsPatch } from '../../connectors/hubspot/simulator/settings.js';
import type { FaultInput } from '../../connectors/hubspot/simulator/wire/fault-rules.js';
import type { Cleanup } from './cleanup.js';
import { dealAmount, dealCurrency, isWin, nameOf, stageBefore, stageNow, storyOf, type ChangedDeal } from './deals.js';
import { startSimulatorProcess } from './simulator-process.js';
import { stateBefore } from './seed-product.js';
import type { ProductCrm } from './product.js';

/** The simulated HubSpot as a process of its own, with deals that have changed and nobody was told of. */
export interface Crm extends ProductCrm {
  readonly url: string;
  readonly portalId: number;
  readonly accessToken: string;
  readonly clientSecret: string;
  /** Calls since the last reset, sorted by what they are for. */
  countCalls(): Promise<CallCounts>;
  configure(patch: SettingsPatch): Promise<unknown>;
  addFault(fault: FaultInput): Promise<unknown>;
  clearFaults(): Promise<unknown>;
}

export interface CallCounts {
  readonly reads: number;
  readonly writes: number;
  /** Answers that said "too many". */
  readonly refused: number;
}

export interface CrmOptions {
  readonly deals: number;
  /** HubSpot's own limit of 110 calls in ten seconds, or one that nobody reaches. */
  readonly limited: boolean;
}

/** What a call to HubSpot takes. */
const latencyMs = 20;
const outOfReach = 1_000_000;
const seedAtOnce = 1_000;

const startFacts = z.object({
  url: z.string(),
  portalId: z.number(),
  accessToken: z.string(),
  clientSecret: z.string(),
});
const seeded = z.object({ ids: z.array(z.string()) });

export async function openCrm(cleanup: Cleanup, options: CrmOptions): Promise<Crm> {
  const { facts, control } = await startSimulatorProcess(cleanup, {
    entryPoint: '../../connectors/hubspot/simulator/main.ts',
    args: ['--latency', String(latencyMs)],
    facts: startFacts,
  });
  // Without a limit the account would not say how many calls are allowed, and the product would keep to its own guess.
  if (!options.limited) await control('POST', '/settings', { limits: { perTenSeconds: outOfReach } });
  return {
    ...facts,
    connection: { id: 'hubspot', crm: 'hubspot' },
    environment: {
      HUBSPOT_API_URL: facts.url,
      HUBSPOT_ACCESS_TOKEN: facts.accessToken,
      HUBSPOT_CLIENT_SECRET: facts.clientSecret,
    },
    known: stateBefore,
    deals: await seedDeals(control, options.deals),
    countCalls: async () => sorted(z.record(z.string(), z.number()).parse(await control('GET', '/calls'))),
    resetCalls: () => control('POST', '/calls/reset'),
    configure: (patch) => control('POST', '/settings', patch),
    addFault: (fault) => control('POST', '/faults', fault),
    clearFaults: () => control('POST', '/faults/clear', {}),
  };
}

type Control = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Deals that stood in an open stage for weeks and moved a minute ago. */
async function seedDeals(control: Control, count: number): Promise<readonly ChangedDeal[]> {
  const { madeAt, changedAt } = storyOf(new Date());
  const records = Array.from({ length: count }, (_, index) => ({
    at: madeAt.toISOString(),
    properties: {
      dealname: nameOf(index),
      dealstage: stageBefore,
      amount: dealAmount,
      deal_currency_code: dealCurrency,
    },
    changes: [{ at: changedAt.toISOString(), properties: { dealstage: stageNow(isWin(index)) } }],
  }));
  const ids: string[] = [];
  for (let from = 0; from < count; from += seedAtOnce) {
    const batch = records.slice(from, from + seedAtOnce);
    ids.push(...seeded.parse(await control('POST', '/seed', { type: 'deals', records: batch })).ids);
  }
  return ids.map((crmDealId, index) => ({ crmDealId, won: isWin(index) }));
}

/** Every call counts: looking up pipelines, searching and asking for history too. */
function sorted(calls: Readonly<Record<string, number>>): CallCounts {
  const sum = (which: (operation: string) => boolean): number =>
    Object.entries(calls).reduce((total, [operation, count]) => (which(operation) ? total + count : total), 0);
  const isWrite = (operation: string): boolean =>
    /^(PATCH|PUT|DELETE) /.test(operation) || /^POST .*(create|update|upsert|archive) /.test(operation);
  return {
    reads: sum((operation) => !isWrite(operation)),
    writes: sum(isWrite),
    refused: sum((operation) => operation.endsWith(' 429')),
  };
}
