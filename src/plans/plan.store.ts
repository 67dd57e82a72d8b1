import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { Day } from '../program/calendar.js';
import type { PlanVersion } from './plan.js';
import { planDocument, planOf, type PlanDocument } from './plan-document.js';

export interface PlanVersionsTable {
  id: string;
  slug: string;
  number: number;
  effective_from: string;
  effective_to: string | null;
  corrects: number | null;
  document: JsonColumn<PlanDocument>;
  source: string;
  created_by: string;
  created_at: Date;
  known_on: string;
  author: string | null;
  reason: string | null;
  approved_by: string | null;
}

declare module '../platform/database.js' {
  interface Tables {
    plan_versions: PlanVersionsTable;
  }
}

/** A version with what is known about it besides its terms. */
export interface StoredVersion extends PlanVersion {
  readonly document: PlanDocument;
  readonly source: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly knownOn: Day;
  /** What people call who stored it, and why it was; null for versions from before either was kept. */
  readonly author: string | null;
  readonly reason: string | null;
  /** Who agreed, where two had to. */
  readonly approvedBy: string | null;
}

/** Lets one transaction at a time add versions: two at once could overlap without seeing each other. */
export async function lockPlans(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('plan_versions', 0))`.execute(trx);
}

/** Every version of every plan, or of one, in the order in which they were added. */
export async function loadPlanVersions(db: Reader, slug?: string): Promise<readonly StoredVersion[]> {
  let query = db.selectFrom('plan_versions').selectAll().orderBy('created_at').orderBy('slug').orderBy('number');
  if (slug !== undefined) query = query.where('slug', '=', slug);
  return (await query.execute()).map(storedVersion);
}

const pathOfTrigger = {
  approved: '$.rules[*] ? (@.on == "approved")',
  paid: '$ ? (@.versionBy == "paid")',
  stage: '$.rules[*] ? (exists(@.on.stage) || exists(@.instalments[*].at.stage))',
} as const;

/**
 * Whether some version pays on what happens before a deal is won, an approval or a stage that is entered, or under the plan of the
 * day on which the customer paid.
 */
export async function plansPayOn(db: Reader, trigger: keyof typeof pathOfTrigger): Promise<boolean> {
  const { rows } = await sql<{ pays: boolean }>`
    select exists (select 1 from plan_versions where document @? ${pathOfTrigger[trigger]}::jsonpath) as pays`.execute(
    db,
  );
  return rows[0]?.pays === true;
}

export async function insertPlanVersion(trx: Tx, version: StoredVersion): Promise<void> {
  const { plan } = version;
  await trx
    .insertInto('plan_versions')
    .values({
      id: version.id,
      slug: plan.slug,
      number: version.number,
      effective_from: plan.effectiveFrom,
      effective_to: plan.effectiveTo,
      corrects: plan.corrects,
      document: JSON.stringify(version.document),
      source: version.source,
      created_by: version.createdBy,
      created_at: version.createdAt,
      known_on: version.knownOn,
      author: version.author,
      reason: version.reason,
      approved_by: version.approvedBy,
    })
    .execute();
}

function storedVersion(row: Selectable<PlanVersionsTable>): StoredVersion {
  const document = planDocument.parse(row.document);
  return {
    id: row.id,
    number: row.number,
    plan: planOf(document),
    document,
    source: row.source,
    createdBy: row.created_by,
    createdAt: row.created_at,
    knownOn: row.known_on as Day,
    author: row.author,
    reason: row.reason,
    approvedBy: row.approved_by,
  };
}
