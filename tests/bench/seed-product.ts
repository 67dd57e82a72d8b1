import type { CrmKind } from '../../connectors/contract.js';
import { newId } from '../../src/platform/ids.js';
import type { Transact, UnitOfWork } from '../../src/platform/unit-of-work.js';
import { ensureDeals } from '../../src/sync/crm-link.store.js';
import type { DealState } from '../../src/watch/deal-change.js';
import { saveRevisions } from '../../src/watch/deal-state.store.js';
import { dealAmount, dealCurrency, nameOf, stageBefore, storyOf, type ChangedDeal } from './deals.js';

export interface SeedRequest {
  readonly connection: { readonly id: string; readonly crm: CrmKind };
  /** How each deal is known to stand; without it nothing is known of any yet. */
  readonly known: ((name: string) => DealState) | null;
  readonly partnerIds: readonly string[];
  readonly deals: readonly ChangedDeal[];
}

const seedAtOnce = 500;
const protectionDays = 90;

/**
 * Puts approved registrations and their linked deals in place as they stood before the deals changed, through the stages' own
 * tables; ten thousand calls of the API would take longer than the bench.
 */
export async function seedProduct(transact: Transact, request: SeedRequest): Promise<void> {
  for (let from = 0; from < request.deals.length; from += seedAtOnce) {
    const deals = request.deals.slice(from, from + seedAtOnce);
    await transact((uow) => seedDeals(uow, { ...request, deals }, from));
  }
}

async function seedDeals(uow: UnitOfWork, request: SeedRequest, from: number): Promise<void> {
  const { connection, known, partnerIds, deals } = request;
  const story = storyOf(uow.now);
  const ids = await ensureDeals(
    uow.trx,
    connection,
    deals.map((deal) => deal.crmDealId),
    story.madeAt,
  );
  const rows = deals.map((deal, index) => ({
    dealId: ids.get(deal.crmDealId) ?? '',
    registrationId: newId('reg'),
    partnerId: partnerIds[(from + index) % partnerIds.length] ?? '',
    name: nameOf(from + index),
  }));
  await insertRegistrations(uow, rows, story.approvedAt);
  await uow.trx
    .insertInto('crm_links')
    .values(
      rows.map((row) => ({
        registration_id: row.registrationId,
        connection_id: connection.id,
        deal_id: row.dealId,
        deal_started_at: story.madeAt,
        linked_at: story.madeAt,
        created_at: story.approvedAt,
      })),
    )
    .execute();
  if (known === null) return;
  const revisions = rows.map((row) => ({
    dealId: row.dealId,
    revision: 1,
    state: known(row.name),
    changes: [],
    crmModifiedAt: story.madeAt.toISOString(),
  }));
  await saveRevisions(uow.trx, revisions, story.madeAt);
}

interface SeedRow {
  readonly registrationId: string;
  readonly partnerId: string;
  readonly name: string;
}

async function insertRegistrations(uow: UnitOfWork, rows: readonly SeedRow[], approvedAt: Date): Promise<void> {
  const protectedUntil = new Date(approvedAt.getTime() + protectionDays * 24 * 60 * 60 * 1000);
  await uow.trx
    .insertInto('registrations')
    .values(
      rows.map((row) => ({
        id: row.registrationId,
        partner_id: row.partnerId,
        status: 'approved' as const,
        source: 'import' as const,
        company_name: row.name,
        company_key: row.registrationId,
        contact_key: row.registrationId,
        name_key: row.registrationId,
        product: '',
        product_key: '',
        availability: 'clear' as const,
        content_hash: '',
        receipt: '{}',
        submitted_at: approvedAt,
        crm_check: 'done' as const,
        approved_at: approvedAt,
        protected_until: protectedUntil.toISOString().slice(0, 10),
        holds_company: true,
        outcome: 'open' as const,
        decided_at: approvedAt,
        updated_at: approvedAt,
      })),
    )
    .execute();
}

/** A HubSpot deal as it stands before it changes. */
export function stateBefore(name: string): DealState {
  return {
    name,
    pipelineId: 'default',
    stageId: stageBefore,
    stageLabel: 'Appointment Scheduled',
    outcome: 'open',
    presence: 'present',
    amount: dealAmount,
    currency: dealCurrency,
    closeDate: null,
    ownerId: null,
    wonAt: null,
    stampedRegistrationId: null,
    stampedPartner: null,
    fields: {},
  };
}
