import type { Registry } from 'prom-client';
import type { Settings } from '../config/settings.js';
import { accessRoutes } from './access/access.routes.js';
import { keepAdminKey } from './access/api-key.handler.js';
import { createAuthenticate } from './access/authenticate.handler.js';
import { auditRoutes } from './audit/audit.routes.js';
import {
  connectionsOf,
  createAccountDirectory,
  createProgramView,
  environmentConnections,
  hubspotReceiver,
  type EnvironmentConnection,
} from './compose-connections.js';
import { composeCrediting } from './compose-crediting.js';
import { flaggedDealIds } from './crediting/deal-flag.store.js';
import { deskRoutes } from './desk/desk.routes.js';
import { problemRoutes } from './desk/problems.routes.js';
import { signingKeyRoutes } from './desk/signing-keys.routes.js';
import { createMeters, type Meters } from './meters.js';
import { partnerKeyRoutes } from './partners/partner-keys.routes.js';
import { partnerRoutes } from './partners/partner.routes.js';
import { findPartner, findPartnerByToken } from './partners/partner.store.js';
import type { Clock } from './platform/clock.js';
import type { OpenDatabase, Reader } from './platform/database.js';
import type { DrainSource } from './platform/drain-loop.js';
import type { MountedPages } from './platform/http/http-app.js';
import { forgetAnswersJob, forgetAnswersWork } from './platform/http/idempotency.job.js';
import type { RawRoute } from './platform/http/raw-routes.js';
import type { Route } from './platform/http/route.js';
import type { Authenticate } from './platform/http/serve-route.js';
import type { Log } from './platform/log.js';
import type { Queue } from './platform/queue.js';
import type { Secrets } from './platform/secrets.js';
import type { Signer } from './platform/signing.js';
import { createTransact, type Transact, type UnitOfWork } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { programRoutes } from './program/program.routes.js';
import { loadProgram } from './program/program.store.js';
import { createDecideRegistration } from './registration/decide-registration.handler.js';
import { leadFormRouter } from './registration/lead-form.routes.js';
import { findRegistrations } from './registration/registration.store.js';
import { expireRegistrationJob } from './registration/registration.job.js';
import { registrationRoutes } from './registration/registration.routes.js';
import { createSubmitRegistration } from './registration/submit-registration.handler.js';
import { writeBackJob, writeBackWork } from './rep-view/rep-view.job.js';
import { createWriteBack } from './rep-view/write-back.handler.js';
import { ensureConnection, findConnection } from './sync/connection.store.js';
import type { Connections } from './sync/connections.js';
import { findDeals, linksOfDeals, linksOfRegistrations } from './sync/crm-link.store.js';
import { createFindCrmMatches } from './sync/find-crm-matches.handler.js';
import { createProvision, provisionWork } from './sync/provision.handler.js';
import { createPushRegistration } from './sync/push-registration.handler.js';
import { findCrmMatchesJob, provisionJob, pushRegistrationJob } from './sync/sync.job.js';
import { createConnectionTrouble, type ConnectionTrouble } from './watch/connection-trouble.handler.js';
import { createDealReader } from './watch/deal-reader.job.js';
import { makeDue } from './watch/pending-deal.store.js';
import { createReadDeals, creditDealsWork } from './watch/read-deals.handler.js';
import { createRecordSignals } from './watch/record-signals.handler.js';
import { signalRoute } from './watch/signal.routes.js';
import { createFullRead, createSweep } from './watch/sweep.handler.js';
import { dealReaderTopics, readDealsWork } from './watch/topics.js';
import { dealLinkedJob, fullReadJob, fullReadWork, sweepJob, sweepWork } from './watch/watch.job.js';

/** What a process has opened before its parts are put together. */
export interface Foundations {
  readonly settings: Settings;
  readonly database: OpenDatabase;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly signer: Signer;
  readonly registry: Registry;
  /** Under which the world reaches the service; known only once the port is. */
  readonly publicUrl: () => string;
}

/** The parts of the service, put together and not yet running. */
export interface Composition {
  readonly transact: Transact;
  readonly authenticate: Authenticate;
  readonly routes: readonly Route[];
  readonly pages: readonly MountedPages[];
  /** The vendors' way in, served before everything else. */
  readonly signals: readonly RawRoute[];
  readonly jobs: readonly WorkKind<null>[];
  readonly readers: readonly DrainSource[];
  readonly connections: readonly EnvironmentConnection[];
  readonly provision: ReturnType<typeof createProvision>;
  readonly meters: Meters;
  /** Makes what the environment names known to the database and puts standing work into the diary. */
  bootstrap(): Promise<void>;
}

interface Core extends Foundations {
  readonly transact: Transact;
  readonly connections: Connections;
  readonly trouble: ConnectionTrouble;
  readonly meters: Meters;
}

/** The composition root: every stage gets what it needs here, and only here is a vendor known. */
export function compose(foundations: Foundations): Composition {
  const { settings, database, queue, clock, log, secrets, registry } = foundations;
  const { db } = database;
  const transact = createTransact({ db, queue, clock });
  const meters = createMeters(registry, db);
  const program = createProgramView({ db, clock, log });
  const environment = environmentConnections({
    settings,
    db,
    clock,
    secrets,
    observe: meters.crmCall,
    program: program.current,
  });
  const connections = connectionsOf(environment);
  const trouble = createConnectionTrouble({ transact, log });
  const core: Core = { ...foundations, transact, connections, trouble, meters };
  const crediting = composeCrediting(core);
  const provision = createProvision({ db, transact, connections });
  const directory = createAccountDirectory({ db, clock, log });
  const { routes, pages, decide } = composeIntake(core, environment);
  return {
    transact,
    authenticate: createAuthenticate({ db, clock }),
    routes: [...routes, ...crediting.routes],
    pages,
    signals: [composeSignals(core, directory.connectionFor)],
    jobs: [
      expireRegistrationJob({ transact, decide }),
      findCrmMatchesJob(createFindCrmMatches({ db, transact, connections })),
      pushRegistrationJob(createPushRegistration({ db, transact, connections })),
      provisionJob(provision),
      forgetAnswersJob(db),
      ...watchJobs(core),
      ...crediting.jobs,
      writeBackJob(createWriteBack({ db, clock, connections, dealTotals: crediting.dealTotals })),
    ],
    readers: environment.flatMap((connection) => readersOf(core, connection)),
    connections: environment,
    provision,
    meters,
    bootstrap: async () => {
      if (settings.adminApiKey !== null) await keepAdminKey(transact, settings.adminApiKey);
      await openConnections(transact, environment);
      await transact((uow) => uow.enqueue([{ kind: forgetAnswersWork, key: 'all' }]));
      await Promise.all([directory.refresh(), program.refresh()]);
    },
  };
}

type Decide = ReturnType<typeof createDecideRegistration>;

/** Everything people and their programs call, up to the CRM. */
function composeIntake(
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
      ...partnerRoutes({ publicUrl, changed: recreditFlagged }),
      ...partnerKeyRoutes(),
      ...registrationRoutes({ submit, decide, activePartner }),
      ...deskRoutes(),
      ...signingKeyRoutes(signer),
      ...problemRoutes(new Map([[readDealsWork, (uow, problem) => makeDue(uow, problem.workKey)]])),
    ],
  };
}

/** Deals whose commission waited for a setting or a partner are credited again. */
async function recreditFlagged(uow: UnitOfWork): Promise<void> {
  const dealIds = await flaggedDealIds(uow.trx);
  await uow.enqueue(dealIds.map((dealId) => ({ kind: creditDealsWork, key: dealId })));
}

/** Other fields may be mapped now: every linked deal is read again, once all processes have seen the new settings. */
async function lookAgain(uow: UnitOfWork, environment: readonly EnvironmentConnection[]): Promise<void> {
  const dueAt = new Date(uow.now.getTime() + settingsSeenMs);
  await recreditFlagged(uow);
  await uow.enqueue(environment.map(({ id }) => ({ kind: fullReadWork, key: id, dueAt })));
}

async function activePartner(db: Reader, id: string) {
  const partner = await findPartner(db, id);
  return partner?.status === 'active' ? partner : null;
}

function composeDecisions(): Decide {
  return createDecideRegistration({
    protectionRules: async (uow) => (await loadProgram(uow.trx)).settings,
    dealExists: async (uow, dealId) => (await findDeals(uow.trx, [dealId])).length === 1,
    isDealTaken: async (uow, dealId, registrationId) => {
      const links = await linksOfDeals(uow.trx, [dealId]);
      const others = links.map((link) => link.registration_id).filter((id) => id !== registrationId);
      return (await findRegistrations(uow.trx, others)).some((other) => other.holds_company);
    },
    linkedDealId: async (uow, registrationId) => {
      const [link] = await linksOfRegistrations(uow.trx, [registrationId]);
      return link?.deal_id ?? null;
    },
    stampChanged: async (uow, registrationId) => {
      const links = await linksOfRegistrations(uow.trx, [registrationId]);
      const dealIds = links.flatMap((link) => link.deal_id ?? []);
      await uow.enqueue(dealIds.map((dealId) => ({ kind: writeBackWork, key: dealId })));
    },
  });
}

function composeSignals(
  core: Core,
  connectionFor: ReturnType<typeof createAccountDirectory>['connectionFor'],
): RawRoute {
  const { settings, database, clock, queue, meters } = core;
  const receiver = hubspotReceiver(settings.hubspot, () => originsOf(core));
  const record = createRecordSignals({ db: database.db, clock, queue, topicsOf: dealReaderTopics });
  return signalRoute('/webhooks/hubspot', { clock, receiver, record, connectionFor, observe: meters.delivery });
}

/** Signatures cover the address the CRM called. Without PUBLIC_URL that is one of this host's own names. */
function originsOf({ settings, publicUrl }: Core): readonly string[] {
  if (settings.publicUrl !== null) return [settings.publicUrl];
  const { port } = new URL(publicUrl());
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`);
}

function watchJobs(core: Core): readonly WorkKind<null>[] {
  const { database, transact, connections, trouble, settings } = core;
  const { db } = database;
  return [
    dealLinkedJob({ db, transact }),
    sweepJob({
      connections,
      trouble,
      sweep: createSweep({ db, transact }),
      everyMs: settings.sweepIntervalSeconds * 1_000,
    }),
    fullReadJob(createFullRead({ db, transact })),
  ];
}

function readersOf(core: Core, connection: EnvironmentConnection): readonly DrainSource[] {
  const { database, clock, transact, trouble } = core;
  const deps = { db: database.db, clock, trouble, readDeals: createReadDeals({ transact }), random: Math.random };
  return [false, true].map((history) => createDealReader(deps, connection, history));
}

const settingsSeenMs = 20_000;
const fullReadEveryMs = 24 * 60 * 60 * 1000;

/** Connections the environment names are there at first start, with the CRM provisioned and the sweep in the diary. */
async function openConnections(transact: Transact, environment: readonly EnvironmentConnection[]): Promise<void> {
  await transact(async (uow) => {
    for (const { id, crm, name } of environment) {
      await ensureConnection(uow.trx, { id, crm, name }, uow.now);
      const row = await findConnection(uow.trx, id);
      const fullReadAt = new Date((row?.full_read_at ?? uow.now).getTime() + fullReadEveryMs);
      await uow.enqueue([
        ...(row?.provisioned_at == null ? [{ kind: provisionWork, key: id }] : []),
        { kind: sweepWork, key: id },
        { kind: fullReadWork, key: id, dueAt: fullReadAt },
      ]);
    }
  });
}
