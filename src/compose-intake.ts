import { hubspotDealAt } from '../connectors/hubspot/deal-address.js';
import { salesforceDealAt } from '../connectors/salesforce/deal-address.js';
import { accessRoutes } from './access/access.routes.js';
import { meRoutes } from './access/me.routes.js';
import { auditRoutes } from './audit/audit.routes.js';
import type { EnvironmentConnection } from './compose-connections.js';
import { recreditPartners } from './compose-crediting.js';
import { retryGuard } from './compose-guard.js';
import { flaggedDealIds } from './crediting/deal-flag.store.js';
import { createErasureOf, signed } from './compose-erasure.js';
import { connectionRoutes, type ConnectionRouteDependencies } from './desk/connection.routes.js';
import { deskCountRoutes } from './desk/desk-counts.routes.js';
import { deskRoutes } from './desk/desk.routes.js';
import { overviewRoutes } from './desk/overview.routes.js';
import { problemRoutes } from './desk/problems.routes.js';
import { signingKeyRoutes } from './desk/signing-keys.routes.js';
import type { Core } from './foundations.js';
import { linkProposalRoutes } from './guard/link-proposal.routes.js';
import { missingCommissionRoutes } from './guard/missing-commission.routes.js';
import { relinkRoutes } from './guard/relink.routes.js';
import { refuseWithoutAgreement, standingOf } from './partners/agreement.handler.js';
import { agreementRoutes } from './partners/agreement.routes.js';
import type { PostMail } from './notices/post-mail.handler.js';
import { partnerKeyRoutes } from './partners/partner-keys.routes.js';
import { partnerRoutes } from './partners/partner.routes.js';
import { findPartner, findPartnerByToken } from './partners/partner.store.js';
import { plansPayOn } from './plans/plan.store.js';
import { assertDefined } from './platform/assert.js';
import type { Reader } from './platform/database.js';
import { countPerAddress } from './platform/http/rate-limits.js';
import type { MountedPages } from './platform/http/http-app.js';
import type { Route } from './platform/http/route.js';
import type { Problem } from './platform/problems.store.js';
import type { RetryAction } from './platform/retry-problem.js';
import type { UnitOfWork } from './platform/unit-of-work.js';
import { loadAskedFields } from './program/asked-fields.handler.js';
import { programRoutes } from './program/program.routes.js';
import { loadProgram } from './program/program.store.js';
import { createDecideRegistration } from './registration/decide-registration.handler.js';
import { claimAnswered } from './guard/claim-answered.handler.js';
import { createTellPartner, type TellPartner } from './registration/mail-decision.handler.js';
import { createMailReceipt } from './registration/mail-receipt.handler.js';
import { embedRouter, embedScriptRouter } from './registration/embed.routes.js';
import type { Door } from './registration/lead-form-pages.routes.js';
import { refusedFormPage } from './registration/lead-form-refusal.routes.js';
import { leadFormRouter } from './registration/lead-form.routes.js';
import { registrationShareRoutes } from './registration/registration-share.routes.js';
import { registrationRoutes } from './registration/registration.routes.js';
import { findRegistrations } from './registration/registration.store.js';
import { createSubmitRegistration } from './registration/submit-registration.handler.js';
import { createApproveInSteps } from './review/approve-in-steps.handler.js';
import { reviewRoutes } from './review/review.routes.js';
import { answerBy } from './review/ageing.js';
import { listConnections } from './sync/connection.store.js';
import { findDeals, linksOfDeals, linksOfRegistrations, wasMergedAway } from './sync/crm-link.store.js';
import { guardLinkWork } from './sync/guard-work.js';
import { crmSetupWork, examineWork } from './sync/examine.handler.js';
import { createCrmLists } from './sync/crm-lists.handler.js';
import { crmListsRoutes } from './sync/crm-lists.routes.js';
import { makeFieldsWork, provisionWork } from './sync/provision.handler.js';
import { formChoicesWork, readFormChoicesWork } from './sync/read-form-choices.handler.js';
import { changeAfterWinRoutes } from './watch/change-after-win.routes.js';
import { forgetRefusal } from './watch/change-feed.store.js';
import { writeBackWork } from './sync/rep-view-work.js';
import { countedOutcome } from './watch/deal-change.js';
import { dealsWonSince, findDealStates } from './watch/deal-state.store.js';
import { makeDue } from './watch/pending-deal.store.js';
import { creditDealsWork } from './watch/store-readings.handler.js';
import {
  changeFeedTopic,
  changeFeedWork,
  fullReadWork,
  readChangesWork,
  readDealsWork,
  showViewWork,
  sweepWork,
} from './watch/topics.js';

/** Longer than any process goes on with settings it read before; see createView. */
const settingsSeenMs = 20_000;

/** Forms without the check against robots that one address may send in a while. */
const heldFormsAllowed = 10;
const heldFormsWindowMs = 60 * 60 * 1000;

type Decide = ReturnType<typeof createDecideRegistration>;

/** Everything people and their programs call, up to the CRM. */
export function composeIntake(
  core: Core,
  environment: readonly EnvironmentConnection[],
  { post, connectionCare }: { readonly post: PostMail; readonly connectionCare: ConnectionRouteDependencies },
): {
  readonly routes: readonly Route[];
  readonly pages: readonly MountedPages[];
  readonly decide: Decide;
} {
  const { transact, publicUrl, signer, secrets, clock, database } = core;
  const { db } = database;
  const agreed = (uow: UnitOfWork, partnerId: string) => refuseWithoutAgreement(uow, partnerId, publicUrl());
  const submit = createSubmitRegistration({
    refuseWithoutAgreement: agreed,
    erasureOf: createErasureOf(secrets),
    mailReceipt: createMailReceipt({ post, publicUrl, decideBy: answerBy }),
    sign: signed(signer),
  });
  const decide = composeDecisions(createTellPartner({ post, publicUrl }));
  // Of a connection that is not there just now nobody knows: its settings are kept until it is.
  const hasLeads = (of: string): boolean =>
    !environment.some(({ id, connector }) => id === of && connector.leads === null);
  const form: FormParts = {
    db,
    transact,
    submit,
    refuseWithoutAgreement: agreed,
    post,
    secrets,
    publicUrl,
    clock,
    proofKey: secrets.derive('proof of work of the form'),
    mayHold: countPerAddress({ limit: heldFormsAllowed, windowMs: heldFormsWindowMs }),
    partnerById: (id) => activePartner(db, id),
    partnerByToken: async (token) => (await findPartnerByToken(db, token)) ?? null,
    wording: () => formWording(db),
  };
  return {
    decide,
    pages: formPages(form),
    routes: [
      ...accessRoutes(),
      ...meRoutes({
        program: programForPages,
        partnerName,
        agreementAsked: async (reader, partnerId, now) => (await standingOf(reader, partnerId, now)).asked,
        identityProvider: core.settings.identityProvider !== null,
      }),
      ...auditRoutes(),
      ...crmListsRoutes(createCrmLists({ connections: core.connections, clock })),
      ...programRoutes({
        changed: async (uow, { bearsOnDeals }) => {
          if (bearsOnDeals) await lookAgain(uow, environment);
          await uow.enqueue(environment.map(({ id }) => ({ kind: readFormChoicesWork, key: id })));
        },
        connections: async (uow) => (await listConnections(uow.trx)).map(({ id }) => ({ id, hasLeads: hasLeads(id) })),
      }),
      ...partnerRoutes({ publicUrl, changed: recreditFlagged, recreditPartners }),
      ...partnerKeyRoutes(),
      ...registrationRoutes({ submit, decide, approve: createApproveInSteps(decide), activePartner }),
      ...agreementRoutes(),
      ...reviewRoutes(),
      ...registrationShareRoutes({ dealConcerned }),
      ...deskReads(),
      ...connectionRoutes(connectionCare),
      ...linkRoutes(),
      ...signingKeyRoutes(signer),
      ...problemRoutes(retryActions),
    ],
  };
}

/** What spans the stages: registrations with everything about them, how the program goes, and what waits. */
function deskReads(): readonly Route[] {
  return [...deskRoutes(), ...overviewRoutes(), ...deskCountRoutes()];
}

/** Whose a deal is, and what was changed about it since. */
function linkRoutes(): readonly Route[] {
  return [
    ...linkProposalRoutes(),
    ...missingCommissionRoutes(),
    ...relinkRoutes({ hubspot: hubspotDealAt, salesforce: salesforceDealAt }),
    ...changeAfterWinRoutes(),
  ];
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
  [formChoicesWork, (uow, problem) => uow.enqueue([{ kind: readFormChoicesWork, key: problem.workKey }])],
  [crmSetupWork, (uow, problem) => uow.enqueue([{ kind: examineWork, key: problem.workKey }])],
  [showViewWork, (uow, problem) => uow.enqueue([{ kind: provisionWork, key: problem.workKey }])],
  [readChangesWork, (uow, problem) => uow.enqueue([{ kind: sweepWork, key: problem.workKey }])],
  [changeFeedWork, listenAgain],
  retryGuard,
]);

/** Whichever process comes first asks the CRM again whether it may listen. */
async function listenAgain(uow: UnitOfWork, { workKey }: Problem): Promise<void> {
  await forgetRefusal(uow.trx, workKey);
  uow.wake(changeFeedTopic(workKey));
}

async function programForPages(db: Reader) {
  const { publicName, approvalChain, ...settings } = (await loadProgram(db)).settings;
  const { timeZone, defaultCurrency, reviewBusinessDays, attestation } = settings;
  const approvalSteps = approvalChain.map(({ name }) => name);
  return { programName: publicName, timeZone, defaultCurrency, reviewBusinessDays, approvalSteps, attestation };
}

type FormParts = Parameters<typeof leadFormRouter>[0];

/** The doors to the form of a lead that are open without an account. */
function formPages(form: FormParts): readonly MountedPages[] {
  // Where they cannot be read just now, those that were read last: a page that says so is to be seen in the frame, too.
  let known: readonly string[] = [];
  const frameHosts = async () => {
    try {
      known = (await form.wording()).embedOrigins;
    } catch {
      return known;
    }
    return known;
  };
  const refused = (door: Door) => refusedFormPage({ ...form, door });
  return [
    { path: '/r', router: leadFormRouter(form), refused: refused({ base: '/r', isFramed: false }) },
    { path: '/embed.js', router: embedScriptRouter() },
    { path: '/embed', router: embedRouter(form), frameHosts, refused: refused({ base: '/embed', isFramed: true }) },
  ];
}

async function formWording(db: Reader) {
  const { settings } = await loadProgram(db);
  const { publicName, attestation, embedOrigins } = settings;
  return { programName: publicName, attestation, formFields: await loadAskedFields(db, settings), embedOrigins };
}

async function partnerName(db: Reader, id: string): Promise<string> {
  return assertDefined(await findPartner(db, id), 'a partner key has its partner').name;
}

async function activePartner(db: Reader, id: string) {
  const partner = await findPartner(db, id);
  return partner?.status === 'active' ? partner : null;
}

function composeDecisions(tellPartner: TellPartner): Decide {
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
    tellPartner,
    claimAnswered,
  });
}

/** A decision may bear on what is credited, with or without a deal, and on what the rep sees. */
async function dealConcerned(uow: UnitOfWork, registrationId: string): Promise<void> {
  const links = await linksOfRegistrations(uow.trx, [registrationId]);
  const dealIds = links.flatMap((link) => link.deal_id ?? []);
  // What is a lead as yet shows its registration, too.
  const withoutDeal = links.filter((link) => link.deal_id === null);
  await uow.enqueue(withoutDeal.map((link) => ({ kind: writeBackWork, key: link.registration_id })));
  // An ended claim is guarded no longer.
  await uow.enqueue(links.map((link) => ({ kind: guardLinkWork, key: link.registration_id })));
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
