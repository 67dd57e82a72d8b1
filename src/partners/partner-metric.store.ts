import { sql, type Generated } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';
import type { PartnerMetric } from './partner-metric.js';

interface PartnerMetricsTable {
  id: Generated<BigintColumn>;
  partner_id: string;
  name: string;
  period: string;
  /** A `numeric` column: decimal text. */
  value: string;
  recorded_at: Date;
  recorded_by: string;
}

declare module '../platform/database.js' {
  interface Tables {
    partner_metrics: PartnerMetricsTable;
  }
}

/** Lets one transaction at a time record metrics, so that the last to come is the last recorded. */
export async function lockMetrics(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('partner_metrics', 0))`.execute(trx);
}

/** Records figures, one statement for all. */
export async function insertMetrics(
  trx: Tx,
  metrics: readonly PartnerMetric[],
  recorded: { readonly at: Date; readonly by: string },
): Promise<void> {
  if (metrics.length === 0) return;
  await sql`
    insert into partner_metrics (partner_id, name, period, value, recorded_at, recorded_by)
    select "partnerId", name, period, value, ${recorded.at}, ${recorded.by}
    from jsonb_to_recordset(${JSON.stringify(metrics)}::jsonb)
      as metric ("partnerId" text, name text, period text, value numeric)`.execute(trx);
}

/** The figures that count for these partners: the last recorded for each name and period. */
export async function metricsOfPartners(db: Reader, partnerIds: readonly string[]): Promise<readonly PartnerMetric[]> {
  if (partnerIds.length === 0) return [];
  const { rows } = await sql<MetricRow>`
    ${countingMetrics} where partner_id = any(${[...partnerIds]}::text[])
    order by partner_id, name, period, id desc`.execute(db);
  return rows.map(metricOf);
}

export interface MetricFilter {
  readonly partnerId?: string | undefined;
  readonly name?: string | undefined;
  readonly period?: string | undefined;
}

/** The figures that count, by partner, name and period. @param page.after the last of the page before */
export async function listMetrics(
  db: Reader,
  filter: MetricFilter,
  page: { readonly after: Omit<PartnerMetric, 'value'> | null; readonly limit: number },
): Promise<readonly PartnerMetric[]> {
  const { after, limit } = page;
  const conditions = [
    sql`true`,
    ...(filter.partnerId === undefined ? [] : [sql`partner_id = ${filter.partnerId}`]),
    ...(filter.name === undefined ? [] : [sql`name = ${filter.name}`]),
    ...(filter.period === undefined ? [] : [sql`period = ${filter.period}`]),
    ...(after === null ? [] : [sql`(partner_id, name, period) > (${after.partnerId}, ${after.name}, ${after.period})`]),
  ];
  const { rows } = await sql<MetricRow>`
    ${countingMetrics} where ${sql.join(conditions, sql` and `)}
    order by partner_id, name, period, id desc limit ${limit}`.execute(db);
  return rows.map(metricOf);
}

interface MetricRow {
  readonly partner_id: string;
  readonly name: string;
  readonly period: string;
  readonly value: string;
}

/** To go on with conditions, and ordered by the same columns and then the latest first. */
const countingMetrics = sql`
  select distinct on (partner_id, name, period) partner_id, name, period, trim_scale(value)::text as value
  from partner_metrics`;

function metricOf({ partner_id: partnerId, name, period, value }: MetricRow): PartnerMetric {
  return { partnerId, name, period, value };
}
