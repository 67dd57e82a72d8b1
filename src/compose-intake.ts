import { accessRoutes } from './access/access.routes.js';
import { auditRoutes } from './audit/audit.routes.js';
import type { EnvironmentConnection } from './compose-connections.js';
import { recreditPartners } from './compose-crediting.js';
import { flaggedDealIds } from './crediting/deal-flag.store.js';
import { deskRoutes } from './desk/desk.routes.js';
import { problemRoutes } from './desk/problems.routes.js';
import { signingKeyRoutes } from './desk/signing-keys.routes.js';
import type { Core } from './foundations.js';
import { partnerKeyRoutes } from './partners/partner-keys.routes.js';
import { partnerRoutes } from './partners/partner.routes.js';
import { findPartner, findPartnerByToken } from './partners/partner.store.js';
import { plansPayOn } from './plans/plan.store.js';
import type { Reader } from './platform/database.js';
import type { MountedPages } from './platform/http/http-app.js';
import type { Route } from './platform/http/route.js';
import type { RetryAction } from './platform/retry-problem.js';
import type { UnitOfWork } from './platform/unit-of-work.js';
import { programRoutes } from './program/program.routes.js';
import { loadProgram } from './program/program.store.js';
import { createDecideRegistration } from './registration/decide-registration.handler.js';
import { leadFormRouter } from './registration/lead-form.routes.js';
import { registrationShareRoutes } from './registration/registration-share.routes.js';
import { registrationRoutes } from './registration/registration.routes.js';
import { findRegistrations } from './registration/registration.store.js';
import { createSubmitRegistration } from './registration/submit-registration.handler.js';
import { writeBackWork } from './rep-view/rep-view.job.js';
import { findDeals, linksOfDeals, linksOfRegistrations, wasMergedAway } from './sync/crm-link.store.js';
import { makeFieldsWork, provisionWork } from './sync/provision.handler.js';
import { countedOutcome } from './watch/deal-change.js';
import { dealsWonSince, findDealStates } from './watch/deal-state.store.js';
import { makeDue } from './watch/pending-deal.store.js';
import { creditDealsWork } from './watch/read-deals.handler.js';
import { readChangesWork, readDealsWork } from './watch/topics.js';
import { fullReadWork, sweepWork } from './watch/watch.job.js';

/** Longer than any process goes on with settings it read before; see createView. */
const settingsSeenMs = 20_000;

type Decide = ReturnType<typeof createDecideRegistration>;

/** Everything people and their programs call, up to the CRM. */
export function composeIntake(
  core: Core,
  environment: readonly EnvironmentConnection[],
): {
  readonly routes: readonly Route[];
  readonly pages: readonly MountedPages[];
  readonly decide: Decide;
} {
  const { database, transact, publicUrl, signer } = core;
  const { db } = database;
  const submit = createSubmitRegistration({
    sign: (statement) => {
      const { keyId, algorithm, value } = signer.sign(statement);
      return { ...statement, keyId, algorithm, signature: value };
    },
  });
  const decide = composeDecisions();
  const form = leadFormRouter({
    db,
    transact,
    submit,
    partnerByToken: async (token) => (await findPartnerByToken(db, token)) ?? null,
    wording: async () => {
      const { publicName, attestation } = (await loadProgram(db)).settings;
      return { programName: publicName, attestation };
    },
  });
  return {
    decide,
    pages: [{ path: '/r', router: form }],
    routes: [
      ...accessRoutes(),
      ...auditRoutes(),
      ...programRoutes({ changed: (uow) => lookAgain(uow, environment) }),
      ...partnerRoutes({ publicUrl, changed: recreditFlagged, recreditPartners }),
      ...partnerKeyRoutes(),
      ...registrationRoutes({ submit, decide, activePartner }),
      ...registrationShareRoutes({ dealConcerned }),
      ...deskRoutes(),
      ...signingKeyRoutes(signer),
      ...problemRoutes(retryActions),
    ],
  };
}

/** Deals whose commission waited for a setting or a partner are credited again. */
async function recreditFlagged(uow: UnitOfWork): Promise<void> {
  const dealIds = await flaggedDealIds(uow.trx);
  await uow.enqueue(dealIds.map((dealId) => ({ kind: creditDealsWork, key: dealId })));
}

/**
 * Settings bear on every win, and other fields may be mapped now: every won deal is credited again, and every linked one is read
 * again once all processes have seen the new settings.
 */
async function lookAgain(uow: UnitOfWork, environment: readonly EnvironmentConnection[]): Promise<void> {
  const dueAt = new Date(uow.now.getTime() + settingsSeenMs);
  const dealIds = await dealsWonSince(uow.trx, new Date(0));
  await uow.enqueue(dealIds.map((dealId) => ({ kind: creditDealsWork, key: dealId })));
  await uow.enqueue(environment.map(({ id }) => ({ kind: fullReadWork, key: id, dueAt })));
}

/** How standing work is tried again: it keeps rows of its own. */
const retryActions: ReadonlyMap<string, RetryAction> = new Map([
  [readDealsWork, (uow, problem) => makeDue(uow, problem.workKey)],
  [makeFieldsWork, (uow, problem) => uow.enqueue([{ kind: provisionWork, key: problem.workKey }])],
  [readChangesWork, (uow, problem) => uow.enqueue([{ kind: sweepWork, key: problem.workKey }])],
]);

async function activePartner(db: Reader, id: string) {
  const partner = await findPartner(db, id);
  return partner?.status === 'active' ? partner : null;
}

function composeDecisions(): Decide {
  return createDecideRegistration({
    protectionRules: async (uow) => (await loadProgram(uow.trx)).settings,
    dealStanding: async (uow, dealId) => {
      const [deal] = await findDeals(uow.trx, [dealId]);
      if (deal === undefined) return 'unknown';
      const state = (await findDealStates(uow.trx, [dealId])).get(dealId)?.state;
      const isLost = state !== undefined && countedOutcome(state) === 'lost';
      return wasMergedAway(deal) || isLost ? 'ended' : 'open';
    },
    isDealTaken: async (uow, dealId, registrationId) => {
      const links = await linksOfDeals(uow.trx, [dealId]);
      const others = links.map((link) => link.registration_id).filter((id) => id !== registrationId);
      return (await findRegistrations(uow.trx, others)).some((other) => other.holds_company);
    },
    linkedDealId: async (uow, registrationId) => {
      const [link] = await linksOfRegistrations(uow.trx, [registrationId]);
      return link?.deal_id ?? null;
    },
    dealConcerned,
  });
}

/** A decision may bear on what is credited, with or without a deal, and on what the rep sees. */
async function dealConcerned(uow: UnitOfWork, registrationId: string): Promise<void> {
  const links = await linksOfRegistrations(uow.trx, [registrationId]);
  const dealIds = links.flatMap((link) => link.deal_id ?? []);
  if (dealIds.length === 0 && (await plansPayOn(uow.trx, 'approved'))) {
    await uow.enqueue([{ kind: creditDealsWork, key: registrationId }]);
  }
  // A longer protection may cover a deal that was won meanwhile.
  await uow.enqueue(
    dealIds.flatMap((key) => [
      { kind: creditDealsWork, key },
      { kind: writeBackWork, key },
    ]),
  );
}
