import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { createCreditDeals, type CreditDeals } from '../../src/crediting/credit-deals.handler.js';
import {
  createLoadFacts,
  type DealRecord,
  type FactSources,
  type RegistrationRecord,
} from '../../src/crediting/load-facts.handler.js';
import { createWidenScope } from '../../src/crediting/widen-scope.handler.js';
import type { Currency } from '../../src/money/currency.js';
import { assert, assertDefined } from '../../src/platform/assert.js';
import { readCsv } from '../../src/platform/csv.js';
import type { Database } from '../../src/platform/database.js';
import type { PartnerFacts, PaymentFacts } from '../../src/plans/facts.js';
import { asDay } from '../plans/sample-facts.js';
import { creditingWorld } from './crediting-world.js';

/** A row of the sales pipeline, as the file has it. */
type Opportunity = ReadonlyMap<string, string>;

/** Every opportunity of the data set as what crediting knows of it. See tests/data/crm-sales/README.md. */
export interface CrmSales {
  readonly opportunities: readonly Opportunity[];
  readonly dealIds: readonly string[];
  readonly wonCount: number;
  readonly sources: FactSources;
}

/**
 * Each sales agent is a partner that brought the opportunities it sold: it registered them on the day it engaged, was approved
 * that day and is protected for half a year. Its manager is the partner that recruited it, its regional office a tag. Each won
 * deal is paid in one sum on the day it was won, where `paid` asks for it.
 */
export async function loadCrmSales({ paid }: { readonly paid: boolean }): Promise<CrmSales> {
  const opportunities = await rowsOf('sales_pipeline.csv');
  const partners = partnersOf(await rowsOf('sales_teams.csv'));
  const deals = new Map(opportunities.map((row) => [dealId(row), dealOf(row)]));
  const registrations = new Map(opportunities.map((row) => [dealId(row), registrationOf(row)]));
  const won = opportunities.filter((row) => cell(row, 'deal_stage') === 'Won');
  const payments = paid ? new Map(won.map((row) => [dealId(row), paymentOf(row)])) : new Map<string, PaymentFacts>();
  return {
    opportunities,
    dealIds: [...deals.keys()],
    wonCount: won.length,
    sources: {
      deals: (_db, ids) => Promise.resolve(ids.flatMap((id) => deals.get(id) ?? [])),
      registrationsOfDeals: (_db, ids) => Promise.resolve(ids.flatMap((id) => registrations.get(id) ?? [])),
      dealsOfPartners: (_db, partnerIds) => {
        const theirs = new Set(partnerIds);
        return Promise.resolve(
          [...registrations].flatMap(([id, { partnerId }]) =>
            theirs.has(partnerId) && deals.get(id)?.wonAt != null ? [id] : [],
          ),
        );
      },
      registrations: () => Promise.resolve([]),
      partners: () => Promise.resolve(partners),
      survivorsOf: () => Promise.resolve([]),
      stageEntries: () => Promise.resolve(new Map()),
      payments: (_db, ids) => Promise.resolve(ids.flatMap((id) => payments.get(id) ?? [])),
      metrics: () => Promise.resolve([]),
      decisions: () => Promise.resolve([]),
    },
  };
}

/** Crediting over the data set under one plan, after the last of its deals was won. */
export async function crmSalesCrediting(db: Database, { sources }: CrmSales, plan: string): Promise<CreditDeals> {
  const world = creditingWorld(db);
  world.clock.set('2018-01-31T09:00:00.000Z');
  await world.putPlan(plan);
  const loadFacts = createLoadFacts(sources);
  return createCreditDeals({
    transact: world.transact,
    sources,
    loadFacts,
    widenScope: createWidenScope(sources),
  });
}

/** Puts the pipeline as it is into a table of its own, for sums that know nothing of plans. */
export async function storeRawRows(db: Database, { opportunities }: CrmSales): Promise<void> {
  const rows = opportunities.map((row) => Object.fromEntries(row));
  await sql`
    create table if not exists crm_sales_rows (
      opportunity_id text, sales_agent text, deal_stage text, close_date text, close_value text
    )`.execute(db);
  await sql`
    insert into crm_sales_rows
    select * from jsonb_populate_recordset(null::crm_sales_rows, ${JSON.stringify(rows)}::jsonb)`.execute(db);
}

export function partnerIdOf(name: string): string {
  return `par_${name.toLowerCase().replaceAll(' ', '_')}`;
}

async function rowsOf(file: string): Promise<readonly Opportunity[]> {
  const path = fileURLToPath(new URL(`../data/crm-sales/${file}`, import.meta.url));
  const reading = readCsv(await readFile(path, 'utf8'));
  assert(reading.kind === 'table', `${file} is a table`);
  return reading.rows.map(({ cells }) => cells);
}

function cell(row: Opportunity, column: string): string {
  return assertDefined(row.get(column), `column ${column}`);
}

function dealId(row: Opportunity): string {
  return `deal_${cell(row, 'opportunity_id')}`;
}

const outcomes: ReadonlyMap<string, DealRecord['outcome']> = new Map([
  ['Won', 'won'],
  ['Lost', 'lost'],
]);

function dealOf(row: Opportunity): DealRecord {
  const outcome = outcomes.get(cell(row, 'deal_stage')) ?? 'open';
  const closedOn = cell(row, 'close_date');
  return {
    id: dealId(row),
    outcome,
    archived: false,
    wonAt: outcome === 'won' ? `${closedOn}T12:00:00.000Z` : null,
    closeDate: closedOn === '' ? null : asDay(closedOn),
    amount: outcome === 'won' ? cell(row, 'close_value') : null,
    currency: 'USD',
    pipeline: null,
    churnedOn: null,
    fields: {},
    revision: 1,
  };
}

/** What nobody has engaged yet is a draft. */
function registrationOf(row: Opportunity): RegistrationRecord {
  const engagedOn = cell(row, 'engage_date');
  const at = engagedOn === '' ? null : `${engagedOn}T08:00:00.000Z`;
  const account = cell(row, 'account');
  return {
    id: `reg_${cell(row, 'opportunity_id')}`,
    partnerId: partnerIdOf(cell(row, 'sales_agent')),
    dealId: dealId(row),
    submittedAt: at,
    approvedAt: at,
    protectedUntil: at === null ? null : asDay(halfAYearAfter(at)),
    endedAt: null,
    product: cell(row, 'product').replace(/^GTXPro$/, 'GTX Pro'),
    customer: { name: account === '' ? null : account, domain: null, country: null },
    shares: [],
  };
}

function halfAYearAfter(at: string): string {
  const day = new Date(at);
  day.setUTCDate(day.getUTCDate() + 183);
  return day.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

function paymentOf(row: Opportunity): PaymentFacts {
  return {
    id: `pay_${cell(row, 'opportunity_id')}`,
    dealId: dealId(row),
    registrationId: null,
    kind: 'payment',
    amountMinor: BigInt(cell(row, 'close_value')) * 100n,
    currency: 'USD' as Currency,
    taxMinor: null,
    receivedOn: asDay(cell(row, 'close_date')),
    servicePeriod: null,
    refundOf: null,
  };
}

function partnersOf(team: readonly Opportunity[]): readonly PartnerFacts[] {
  const since = asDay('2016-10-01');
  const managers = new Set(team.map((row) => cell(row, 'manager')));
  return [
    ...[...managers].map((name) => ({ id: partnerIdOf(name), deactivatedAt: null, recruitedBy: null, terms: [] })),
    ...team.map((row) => ({
      id: partnerIdOf(cell(row, 'sales_agent')),
      deactivatedAt: null,
      recruitedBy: partnerIdOf(cell(row, 'manager')),
      terms: [{ since, type: null, tier: null, tags: [cell(row, 'regional_office').toLowerCase()] }],
    })),
  ];
}
