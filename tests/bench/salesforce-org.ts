import { z } from 'zod';
import type { SettingsPatch } from '../../connectors/salesforce/simulator/settings.js';
import { masterPipelineId } from '../../connectors/salesforce/stages.js';
import type { DealState } from '../../src/watch/deal-change.js';
import type { Cleanup } from './cleanup.js';
import { dealAmount, dealCurrency, isWin, nameOf, storyOf, type ChangedDeal } from './deals.js';
import type { ProductCrm } from './product.js';
import { startSimulatorProcess } from './simulator-process.js';

/** The simulated Salesforce as a process of its own, with open opportunities. */
export interface SalesforceOrg extends ProductCrm {
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Calls since the last reset, signing in left out: writes are those that change a record. */
  countCalls(): Promise<{ readonly reads: number; readonly writes: number }>;
  configure(patch: SettingsPatch): Promise<unknown>;
  /** A rep wins an opportunity. */
  win(opportunityId: string): Promise<void>;
  /** A rep moves every one of them, one in ten to won. */
  moveAll(): Promise<void>;
}

export interface SalesforceOrgOptions {
  readonly opportunities: number;
  /** When they were made, and last changed, each two thousand a second later; long ago unless said. */
  readonly madeAt?: Date;
  /** Whether one in ten is won already. */
  readonly won?: boolean;
}

const stageBefore = 'Prospecting';
const stageAfter = (won: boolean): string => (won ? 'Closed Won' : 'Qualification');
const seedAtOnce = 2_000;
const movesAtOnce = 16;

const startFacts = z.object({
  url: z.string(),
  clientId: z.string(),
  secret: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
});
const seeded = z.object({ ids: z.array(z.string()) });
const counted = z.object({ calls: z.record(z.string(), z.number()) });

export async function openSalesforceOrg(cleanup: Cleanup, options: SalesforceOrgOptions): Promise<SalesforceOrg> {
  const { facts, control } = await startSimulatorProcess(cleanup, {
    entryPoint: '../../connectors/salesforce/simulator/main.ts',
    facts: startFacts,
  });
  await control('POST', '/settings', { corporateCurrency: dealCurrency });
  const deals = await seedOpportunities(control, options);
  return {
    ...facts,
    connection: { id: 'salesforce', crm: 'salesforce' },
    environment: {
      SALESFORCE_LOGIN_URL: facts.url,
      SALESFORCE_CLIENT_ID: facts.clientId,
      SALESFORCE_CLIENT_SECRET: facts.secret,
      SALESFORCE_REFRESH_TOKEN: facts.refreshToken,
    },
    known: knownState,
    deals,
    countCalls: async () => sorted(counted.parse(await control('GET', '/calls')).calls),
    resetCalls: () => control('POST', '/calls/reset', {}),
    configure: (patch) => control('POST', '/settings', patch),
    win: async (id) => {
      await control('POST', '/records/update', { id, values: { StageName: stageAfter(true) } });
    },
    moveAll: () => moveAll(control, deals),
  };
}

type Control = (method: string, path: string, body?: unknown) => Promise<unknown>;

async function seedOpportunities(
  control: Control,
  { opportunities, madeAt = storyOf(new Date()).madeAt, won = false }: SalesforceOrgOptions,
): Promise<readonly ChangedDeal[]> {
  const ids: string[] = [];
  for (let from = 0; from < opportunities; from += seedAtOnce) {
    const count = Math.min(seedAtOnce, opportunities - from);
    const records = Array.from({ length: count }, (_, index) => ({
      Name: nameOf(from + index),
      StageName: won && isWin(from + index) ? stageAfter(true) : stageBefore,
      CloseDate: '2030-12-31',
      Amount: Number(dealAmount),
    }));
    const at = madeAt.getTime() + (from / seedAtOnce) * 1_000;
    const answer = await control('POST', '/records/seed', { entity: 'Opportunity', records, at });
    ids.push(...seeded.parse(answer).ids);
  }
  return ids.map((crmDealId, index) => ({ crmDealId, won: isWin(index) }));
}

async function moveAll(control: Control, deals: readonly ChangedDeal[]): Promise<void> {
  let next = 0;
  const moveOnes = async (): Promise<void> => {
    for (let deal = deals[next++]; deal !== undefined; deal = deals[next++]) {
      const values = { StageName: stageAfter(deal.won) };
      await control('POST', '/records/update', { id: deal.crmDealId, values });
    }
  };
  await Promise.all(Array.from({ length: movesAtOnce }, moveOnes));
}

/** An opportunity as it stands before it changes. */
function knownState(name: string): DealState {
  return {
    name,
    pipelineId: masterPipelineId,
    stageId: stageBefore,
    stageLabel: stageBefore,
    outcome: 'open',
    presence: 'present',
    amount: dealAmount,
    currency: dealCurrency,
    closeDate: '2030-12-31',
    ownerId: null,
    wonAt: null,
    stampedRegistrationId: null,
    stampedPartner: null,
    fields: {},
  };
}

function sorted(calls: Readonly<Record<string, number>>): { readonly reads: number; readonly writes: number } {
  const sum = (which: (operation: string) => boolean): number =>
    Object.entries(calls).reduce((total, [operation, count]) => (which(operation) ? total + count : total), 0);
  const isWrite = (operation: string): boolean =>
    /^(POST|PATCH|PUT|DELETE) \/(sobjects|composite\/sobjects)/.test(operation);
  const isSignIn = (operation: string): boolean => operation.includes('/services/oauth2/');
  return {
    reads: sum((operation) => !isWrite(operation) && !isSignIn(operation)),
    writes: sum(isWrite),
  };
}
