import { pino } from 'pino';
import { accessMigration } from '../../src/access/0120-access.migration.js';
import { keyRightsMigration } from '../../src/access/0621-key-rights.migration.js';
import { operatorRightsMigration } from '../../src/access/0790-operator-rights.migration.js';
import { peopleMigration } from '../../src/access/0800-people.migration.js';
import { accessRoutes } from '../../src/access/access.routes.js';
import { issueApiKey } from '../../src/access/api-key.handler.js';
import { createAuthenticate } from '../../src/access/authenticate.handler.js';
import { auditMigration } from '../../src/audit/0100-audit.migration.js';
import { auditPeopleMigration } from '../../src/audit/0795-audit-people.migration.js';
import { auditRoutes } from '../../src/audit/audit.routes.js';
import { journalMigration } from '../../src/ledger/0110-journal.migration.js';
import { applicationsMigration } from '../../src/partners/0830-applications.migration.js';
import { agreementsMigration } from '../../src/partners/0831-agreements.migration.js';
import { termsReasonsMigration } from '../../src/partners/0832-terms-reasons.migration.js';
import { partnersMigration } from '../../src/partners/0140-partners.migration.js';
import { partnerTermsMigration } from '../../src/partners/0630-partner-terms.migration.js';
import { partnerKeyRoutes } from '../../src/partners/partner-keys.routes.js';
import { partnerRoutes } from '../../src/partners/partner.routes.js';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { Database } from '../../src/platform/database.js';
import { createHttpApp, type HttpAppOptions } from '../../src/platform/http/http-app.js';
import { startHttpServer } from '../../src/platform/http/http-server.js';
import type { Route } from '../../src/platform/http/route.js';
import type { Queue } from '../../src/platform/queue.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { programMigration } from '../../src/program/0130-program.migration.js';
import { programRoutes, type ProgramRoutesDependencies } from '../../src/program/program.routes.js';
import { apiClient, type ApiClient } from './api-client.js';
import { openTestDatabase, type OpenTestDatabase } from './databases.js';
import { createTestClock, type TestClock } from './test-clock.js';

/** The HTTP side of the first stages on a real port, with a database of its own. */
export interface TestApi {
  readonly url: string;
  readonly db: Database;
  readonly clock: TestClock;
  readonly transact: Transact;
  /** Key of an operator. */
  readonly operatorKey: string;
  readonly operator: ApiClient;
  /** Signs in as somebody else, or as nobody. */
  as(key: string | null): ApiClient;
  close(): Promise<void>;
}

export interface TestApiOptions {
  readonly open?: OpenTestDatabase;
  readonly extraRoutes?: readonly Route[];
  /** In place of those that tell nobody of a change. */
  readonly partnerRoutes?: readonly Route[];
  /** Told when the program changed; nobody is unless this is given. */
  readonly programChanged?: ProgramRoutesDependencies['changed'];
  readonly app?: Partial<
    Pick<HttpAppOptions, 'rateLimits' | 'first' | 'pages' | 'webFolder' | 'logger' | 'observe' | 'readiness'>
  >;
}

const migrations = [
  workMigration,
  auditMigration,
  journalMigration,
  accessMigration,
  programMigration,
  partnersMigration,
  keyRightsMigration,
  partnerTermsMigration,
  operatorRightsMigration,
  auditPeopleMigration,
  peopleMigration,
  applicationsMigration,
  agreementsMigration,
  termsReasonsMigration,
];

const stillPartnerRoutes = partnerRoutes({
  publicUrl: () => 'https://partners.test',
  changed: () => Promise.resolve(),
  recreditPartners: () => Promise.resolve(),
});

/** Every route of the stages that need no CRM. */
export const baseRoutes: readonly Route[] = routesWith(stillPartnerRoutes);

function routesWith(
  ofPartners: readonly Route[],
  changed: ProgramRoutesDependencies['changed'] = () => Promise.resolve(),
): readonly Route[] {
  const connections = () =>
    Promise.resolve(['hubspot', 'salesforce'].map((id) => ({ id, hasLeads: id === 'salesforce' })));
  return [
    ...auditRoutes(),
    ...accessRoutes(),
    ...programRoutes({ changed, connections }),
    ...ofPartners,
    ...partnerKeyRoutes(),
  ];
}

export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const database = await (options.open ?? openTestDatabase)({ migrations });
  const { db } = database;
  const clock = createTestClock();
  const transact = createTransact({ db, clock, queue: silentQueue });
  const app = createHttpApp({
    db,
    transact,
    clock,
    authenticate: createAuthenticate({ db, clock, sessionOf: () => Promise.resolve(null) }),
    secrets: createSecrets('5e'.repeat(32)),
    info: { title: 'Introducer', version: '0.0.0', description: 'As tested' },
    routes: [
      ...routesWith(options.partnerRoutes ?? stillPartnerRoutes, options.programChanged),
      ...(options.extraRoutes ?? []),
    ],
    logger: pino({ level: 'silent' }),
    readiness: () => Promise.resolve({ ready: true, checks: {} }),
    metrics: { contentType: 'text/plain', metrics: () => Promise.resolve('# none\n') },
    checkReplies: true,
    ...options.app,
  });
  const server = await startHttpServer(app, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${String(server.port)}`;
  const issued = await transact((uow) =>
    issueApiKey(uow, { actor: { kind: 'system' }, name: 'Test operator', partnerId: null }),
  );
  return {
    url,
    db,
    clock,
    transact,
    operatorKey: issued.key,
    operator: apiClient(url, issued.key),
    as: (key) => apiClient(url, key),
    close: async () => {
      await server.close(1_000);
      await database.close();
    },
  };
}

const silentQueue: Queue = {
  wake: () => undefined,
  onWake: () => undefined,
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
