import { sql, type Selectable } from 'kysely';
import { newId } from '../platform/ids.js';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { Evidence } from './evidence.js';
import type { ProposalStatus } from './proposal-status.js';

export interface LinkProposalsTable {
  id: string;
  registration_id: string;
  deal_id: string;
  status: ProposalStatus;
  likelihood: number;
  evidence: JsonColumn<ProposalEvidence>;
  created_at: Date;
  updated_at: Date;
  /** Null where nobody decided: it is open, or the facts have made it needless. */
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
}

/** The evidence, with the deal as it was when it was looked at. Names of people are no part of it. */
export interface ProposalEvidence extends Evidence {
  readonly deal: {
    readonly name: string | null;
    readonly stage: string | null;
    readonly amount: string | null;
    readonly currency: string | null;
    readonly createdAt: string | null;
  };
}

declare module '../platform/database.js' {
  interface Tables {
    link_proposals: LinkProposalsTable;
  }
}

export type LinkProposal = Selectable<LinkProposalsTable>;

export async function proposalsOf(db: Reader, registrationIds: readonly string[]): Promise<readonly LinkProposal[]> {
  return db
    .selectFrom('link_proposals')
    .selectAll()
    .where('registration_id', '=', sql<string>`any(${[...registrationIds]}::text[])`)
    .orderBy('id')
    .execute();
}

export async function findProposal(db: Reader, id: string): Promise<LinkProposal | undefined> {
  return db.selectFrom('link_proposals').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Registrations to which one of these deals is proposed, and those of these registrations to which any is. */
export async function registrationsProposed(
  db: Reader,
  dealIds: readonly string[],
  registrationIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ registration_id: string }>`
    select distinct registration_id from link_proposals
    where status = 'open'
      and (deal_id = any(${[...dealIds]}::text[]) or registration_id = any(${[...registrationIds]}::text[]))
    order by 1`.execute(db);
  return rows.map((row) => row.registration_id);
}

export interface Proposed {
  readonly dealId: string;
  readonly likelihood: number;
  readonly evidence: ProposalEvidence;
}

/**
 * Makes these the open proposals of a registration: new ones are added, known ones brought up to date, and others that were open
 * are superseded. What a person decided stays. @returns how many were not open before
 */
export async function keepOpen(
  trx: Tx,
  registrationId: string,
  proposed: readonly Proposed[],
  now: Date,
): Promise<number> {
  const dealIds = proposed.map((one) => one.dealId);
  await sql`
    update link_proposals set status = 'superseded', updated_at = ${now}, reason = 'no longer likely'
    where registration_id = ${registrationId} and status = 'open' and deal_id <> all(${dealIds}::text[])`.execute(trx);
  let opened = 0;
  for (const { dealId, likelihood, evidence } of proposed) {
    const { rows } = await sql<{ was_open: boolean }>`
      insert into link_proposals as known (
        id, registration_id, deal_id, status, likelihood, evidence, created_at, updated_at)
      values (${newId('lpr')}, ${registrationId}, ${dealId}, 'open', ${likelihood}, ${JSON.stringify(evidence)}::jsonb,
        ${now}, ${now})
      on conflict (registration_id, deal_id) do update set
        status = 'open', likelihood = excluded.likelihood, evidence = excluded.evidence, updated_at = excluded.updated_at,
        created_at = case when known.status = 'open' then known.created_at else excluded.updated_at end,
        decided_by = null, decided_at = null, reason = null
      where known.status not in ('rejected')
      returning created_at < ${now} as was_open`.execute(trx);
    if (rows[0]?.was_open === false) opened += 1;
  }
  return opened;
}

/** Ends a proposal by a decision. @returns false where it is not open any more */
export async function decideProposal(
  trx: Tx,
  id: string,
  decision: { readonly status: 'accepted' | 'rejected'; readonly by: string; readonly reason: string | null },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update link_proposals set status = ${decision.status}, decided_by = ${decision.by}, decided_at = ${now},
      reason = ${decision.reason}, updated_at = ${now}
    where id = ${id} and status = 'open' returning id`.execute(trx);
  return rows.length === 1;
}

/**
 * Ends what else was open about a registration or a deal because the two belong together now. @returns the registrations that lost
 * a proposal
 */
export async function supersedeOthers(
  trx: Tx,
  moved: { readonly registrationId: string; readonly dealId: string; readonly by: string; readonly reason: string },
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ registration_id: string }>`
    update link_proposals set status = 'superseded', decided_by = ${moved.by}, decided_at = ${now}, reason = ${moved.reason},
      updated_at = ${now}
    where status = 'open' and (registration_id = ${moved.registrationId} or deal_id = ${moved.dealId})
    returning registration_id`.execute(trx);
  return [...new Set(rows.map((row) => row.registration_id))].filter((id) => id !== moved.registrationId);
}

export interface ProposalFilter {
  readonly registrationId?: string | undefined;
  readonly status?: ProposalStatus | undefined;
  readonly after?: { readonly likelihood: number; readonly id: string } | undefined;
}

/** The likeliest first. */
export async function listProposals(
  db: Reader,
  { registrationId, status, after }: ProposalFilter,
  limit: number,
): Promise<readonly LinkProposal[]> {
  let query = db.selectFrom('link_proposals').selectAll();
  if (registrationId !== undefined) query = query.where('registration_id', '=', registrationId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (after !== undefined) {
    query = query.where((row) =>
      row.or([
        row('likelihood', '<', after.likelihood),
        row.and([row('likelihood', '=', after.likelihood), row('id', '<', after.id)]),
      ]),
    );
  }
  return query.orderBy('likelihood', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export async function countOpenProposals(db: Reader): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from link_proposals where status = 'open'`.execute(db);
  return rows[0]?.open ?? 0;
}
