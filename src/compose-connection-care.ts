import type { EnvironmentConnection } from './compose-connections.js';
import { credentialsRefused } from './failure.js';
import { createCareForConnection } from './desk/care-for-connection.handler.js';
import type { ConnectionRouteDependencies } from './desk/connection.routes.js';
import type { Core } from './foundations.js';
import type { UnitOfWork } from './platform/unit-of-work.js';
import { enqueueWork, hurryWork } from './platform/work.store.js';
import { resolveProblems } from './platform/problems.store.js';
import { pushRegistrationWork } from './registration/decision.handler.js';
import { findCrmMatchesWork } from './registration/submit-registration.handler.js';
import { stampLinkWork } from './guard/move-link.handler.js';
import { findConnection } from './sync/connection.store.js';
import { examineWork } from './sync/examine.handler.js';
import { followLeadWork, guardLinkWork } from './sync/guard-work.js';
import { makeFieldsWork, provisionWork } from './sync/provision.handler.js';
import { readFormChoicesWork } from './sync/read-form-choices.handler.js';
import { writeBackWork } from './sync/rep-view-work.js';
import { takeUpRefused } from './sync/take-up-refused.handler.js';
import { callbackPath, createWebSignIn } from './sync/web-sign-in.handler.js';
import { findMissingWork } from './watch/note-wins.handler.js';
import { forgetRefusal } from './watch/change-feed.store.js';
import {
  changeFeedTopic,
  changeFeedWork,
  dealReaderTopics,
  fullReadWork,
  readChangesWork,
  readDealsWork,
  showViewWork,
  sweepWork,
} from './watch/topics.js';

/** What the routes of connections work with. */
export function composeConnectionCare(
  core: Core,
  environment: readonly EnvironmentConnection[],
  { provision, examine }: Pick<Parameters<typeof createCareForConnection>[0], 'provision' | 'examine'>,
): ConnectionRouteDependencies {
  const { transact, secrets, publicUrl, connections, trouble } = core;
  const ways = new Map(environment.map(({ id, way }) => [id, way]));
  return {
    wayOf: (id) => ways.get(id) ?? 'none',
    redirectUrl: () => `${publicUrl()}${callbackPath}`,
    care: createCareForConnection({
      transact,
      connections,
      provision,
      examine,
      works: (work, id) => trouble.works(work, id),
    }),
    signIn: createWebSignIn({
      transact,
      secrets,
      publicUrl,
      accounts: new Map(environment.flatMap(({ id, account }) => (account === null ? [] : [[id, account]]))),
      environmentRemedy: (id) => remedies[id] ?? 'Its settings are not there any more.',
      resumed,
    }),
  };
}

const remedies: Readonly<Record<string, string>> = {
  hubspot:
    'To do so, take HUBSPOT_ACCESS_TOKEN and HUBSPOT_REFRESH_TOKEN away, give HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET of an ' +
    'OAuth app, and start the service again.',
  salesforce:
    'To do so, set SALESFORCE_SIGN_IN to web, take SALESFORCE_REFRESH_TOKEN, SALESFORCE_USERNAME and SALESFORCE_JWT_KEY away, and ' +
    'start the service again.',
};

/** Problems that a new sign-in may have mended; what it has not mended says so again. */
const mended = [readDealsWork, readChangesWork, makeFieldsWork, changeFeedWork, showViewWork];

/** What waits for a connection wherever it stands; others of its kind are only tried once more. */
const waiting = [
  pushRegistrationWork,
  findCrmMatchesWork,
  writeBackWork,
  guardLinkWork,
  followLeadWork,
  stampLinkWork,
  findMissingWork,
];

/**
 * Everything that waited for a connection goes on at once, also what was set aside since the CRM took the access back, and what happened
 * meanwhile is looked for.
 */
async function resumed(uow: UnitOfWork, connectionId: string): Promise<void> {
  const { trx, now } = uow;
  for (const work of mended) await resolveProblems(trx, work, [connectionId], now);
  const row = await findConnection(trx, connectionId);
  const first = row?.provisioned_at == null ? provisionWork : examineWork;
  const standing = [first, sweepWork, fullReadWork, readFormChoicesWork];
  await enqueueWork(
    trx,
    standing.map((kind) => ({ kind, key: connectionId })),
    now,
    { afresh: true },
  );
  await hurryWork(trx, waiting, now);
  await takeUpRefused(uow, connectionId, { workKinds: waiting, title: credentialsRefused });
  await forgetRefusal(trx, connectionId);
  const topics = [...standing, ...waiting, changeFeedTopic(connectionId), ...dealReaderTopics(connectionId)];
  topics.forEach(uow.wake);
}
