import { keepAdminKey } from './access/api-key.handler.js';
import { createAuthenticate } from './access/authenticate.handler.js';
import { composeAccess, type Access } from './compose-access.js';
import {
  connectionsOf,
  createAccountDirectory,
  createProgramView,
  environmentConnections,
  type EnvironmentConnection,
} from './compose-connections.js';
import { composeCrediting, type Crediting } from './compose-crediting.js';
import { guardJobs } from './compose-guard.js';
import { composeIntake } from './compose-intake.js';
import { composeConnectionCare } from './compose-connection-care.js';
import { composeSignals, feedsOf, openConnections, readersOf, watchJobs } from './compose-watch.js';
import { composeErasure, firstRetention } from './compose-erasure.js';
import { firstReminder, reviewJobs } from './compose-review.js';
import type { ErasePerson } from './desk/erase-person.handler.js';
import type { ExportPerson } from './desk/export-person.handler.js';
import type { Core, Foundations } from './foundations.js';
import { createMeters, type Meters } from './meters.js';
import type { DrainSource } from './platform/drain-loop.js';
import type { MountedPages } from './platform/http/http-app.js';
import { forgetAnswersJob, forgetAnswersWork } from './platform/http/idempotency.job.js';
import type { RawRoute } from './platform/http/raw-routes.js';
import type { Route } from './platform/http/route.js';
import type { Authenticate } from './platform/http/serve-route.js';
import { createTransact, type Transact } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { expireRegistrationJob, forgetUnconfirmedJob, remindOfProtectionJob } from './registration/registration.job.js';
import { forgetViews } from './rep-view/forget-views.handler.js';
import { writeBackJob } from './rep-view/rep-view.job.js';
import { createWriteBack } from './rep-view/write-back.handler.js';
import { createFindCrmMatches } from './sync/find-crm-matches.handler.js';
import type { StoreMetrics } from './partners/store-metrics.handler.js';
import type { StoreRates } from './program/exchange-rate.handler.js';
import { createExamine, type ExamineConnection } from './sync/examine.handler.js';
import { createProvision } from './sync/provision.handler.js';
import { createPushRegistration } from './sync/push-registration.handler.js';
import { createReadFormChoices } from './sync/read-form-choices.handler.js';
import {
  examineJob,
  findCrmMatchesJob,
  provisionJob,
  pushRegistrationJob,
  readFormChoicesJob,
} from './sync/sync.job.js';
import type { FeedListening } from './watch/change-feed.job.js';
import { createConnectionTrouble } from './watch/connection-trouble.handler.js';

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
  readonly feeds: readonly FeedListening[];
  readonly connections: readonly EnvironmentConnection[];
  readonly provision: ReturnType<typeof createProvision>;
  readonly examine: ExamineConnection;
  readonly storeRates: StoreRates;
  readonly recompute: Crediting['recompute'];
  readonly storeMetrics: StoreMetrics;
  readonly putPlan: Crediting['putPlan'];
  readonly previewPlan: Crediting['previewPlan'];
  readonly meters: Meters;
  readonly sendInvitation: Access['sendInvitation'];
  readonly erasePerson: ErasePerson;
  readonly exportPerson: ExportPerson;
  /** Makes what the environment names known to the database and puts standing work into the diary. */
  bootstrap(): Promise<void>;
}

/** The composition root: every stage gets what it needs here, and only here is a vendor known. */
export function compose(foundations: Foundations): Composition {
  const { settings, database, queue, clock, log, secrets, registry } = foundations;
  const { db } = database;
  const transact = createTransact({ db, queue, clock });
  const meters = createMeters(registry, db, clock);
  const program = createProgramView({ db, clock, log });
  const using = { settings, db, transact, clock, secrets, observe: meters.crmCall, program: program.current };
  const environment = environmentConnections(using);
  const connections = connectionsOf(environment);
  const trouble = createConnectionTrouble({ transact, clock, log });
  const core: Core = { ...foundations, transact, connections, trouble, meters };
  const crediting = composeCrediting(core);
  const provision = createProvision({ db, transact, connections });
  const examine = createExamine({ db, transact, connections, sweepEverySeconds: settings.sweepIntervalSeconds });
  const directory = createAccountDirectory({ db, clock, log });
  const access = composeAccess(core);
  const connectionCare = composeConnectionCare(core, environment, { provision, examine });
  const { routes, pages, decide } = composeIntake(core, environment, { post: access.post, connectionCare });
  const erasure = composeErasure({ ...core, decide });
  return {
    transact,
    authenticate: createAuthenticate({ db, clock, sessionOf: access.sessionOf }),
    routes: [...routes, ...access.routes, ...crediting.routes, ...erasure.routes],
    pages: [...pages, ...access.pages],
    signals: composeSignals(core, directory),
    jobs: [
      expireRegistrationJob({ transact, decide }),
      remindOfProtectionJob({ transact, decide }),
      forgetUnconfirmedJob({ transact }),
      findCrmMatchesJob(createFindCrmMatches({ db, transact, connections, clock })),
      pushRegistrationJob(createPushRegistration({ db, transact, connections, clock, stampsWritten: forgetViews })),
      ...connectionJobs(core, provision, examine),
      forgetAnswersJob(db),
      ...erasure.jobs,
      ...reviewJobs(core, { decide, post: access.post }),
      ...watchJobs(core),
      ...guardJobs(core),
      ...crediting.jobs,
      ...access.jobs,
      writeBackJob(createWriteBack({ db, clock, transact, connections, trouble, ...crediting })),
    ],
    readers: environment.flatMap((connection) => readersOf(core, connection)),
    feeds: environment.flatMap((connection) => feedsOf(core, connection)),
    connections: environment,
    provision,
    examine,
    storeRates: crediting.storeRates,
    recompute: crediting.recompute,
    storeMetrics: crediting.storeMetrics,
    putPlan: crediting.putPlan,
    previewPlan: crediting.previewPlan,
    meters,
    ...forCommands(access, erasure),
    bootstrap: async () => {
      if (settings.adminApiKey !== null) await keepAdminKey(transact, settings.adminApiKey);
      await openConnections(transact, environment);
      await transact(async (uow) => {
        await uow.enqueue([{ kind: forgetAnswersWork, key: 'all' }, await firstReminder(uow), firstRetention]);
        await access.hurryMails(uow);
      });
      await Promise.all([directory.refresh(), program.refresh()]);
    },
  };
}

/** What is done about connections whether or not anything is registered. */
function connectionJobs(
  { database: { db }, transact, connections, trouble, log }: Core,
  provision: Composition['provision'],
  examine: ExamineConnection,
): readonly WorkKind<null>[] {
  return [
    provisionJob(provision, trouble),
    examineJob(examine, log),
    readFormChoicesJob(createReadFormChoices({ db, transact, connections })),
  ];
}

/** What the command line does about people. */
function forCommands(
  { sendInvitation }: Access,
  { erasePerson, exportPerson }: ReturnType<typeof composeErasure>,
): Pick<Composition, 'sendInvitation' | 'erasePerson' | 'exportPerson'> {
  return { sendInvitation, erasePerson, exportPerson };
}
