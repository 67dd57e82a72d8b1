import { sql } from 'kysely';
import { CrmNotConnected, type CrmFinding } from '../connectors/contract.js';
import { outboundPath, type EnvironmentConnection } from './compose-connections.js';
import type { Composition } from './compose.js';
import type { OpenFoundations } from './open-foundations.js';
import { countOpenProblems } from './platform/problems.store.js';
import { listFormChoices } from './program/form-choices.store.js';
import { isSamePlace } from './program/form-fields.js';
import { loadProgram } from './program/program.store.js';
import { inWords } from './sync/finding-words.js';
import { listFeeds } from './watch/change-feed.store.js';
import { feedView } from './watch/feed-standing.js';
import { countPending } from './watch/pending-deal.store.js';

export interface Finding {
  readonly ok: boolean;
  /** Nothing is wrong, and something is done later, or not shown, for want of it. */
  readonly isNote?: boolean;
  readonly words: string;
}

/** Looks at everything the service needs, one sentence each, worst news not hidden behind the first. */
export async function doctor(foundations: OpenFoundations, composition: Composition): Promise<readonly Finding[]> {
  const { settings, database } = foundations;
  const { db } = database;
  return [
    await look(`the ${database.engine} database answers`, () => sql`select 1`.execute(db)),
    secretFinding(foundations),
    { ok: true, words: settings.redisUrl === null ? 'wake-ups stay in this process' : 'wake-ups go through Redis' },
    ...(composition.connections.length === 0 ? [{ ok: false, words: 'no CRM is connected' }] : []),
    ...(await Promise.all(composition.connections.map((connection) => crmFindings(composition, connection)))).flat(),
    ...(await feedFindings(foundations)),
    ...(await formFindings(foundations)),
    ...outboundFindings(foundations),
    ...(await problemFindings(foundations)),
    { ok: true, words: `${String(await countPending(db))} deals wait to be read` },
  ];
}

/** Whether the CRM answers, and what it lacks of what we use. */
async function crmFindings(
  { examine }: Composition,
  { id, name, connector }: EnvironmentConnection,
): Promise<readonly Finding[]> {
  const claim = `${name} answers and lists its stages`;
  const answers = await look(claim, () => connector.stages(), `${name} is not connected: connect it under Connections`);
  if (!answers.ok) return [answers];
  const found: CrmFinding[] = [];
  const examined = await look(`${name} was examined`, async () => void found.push(...(await examine(id))));
  return [answers, ...found.map((finding) => toFinding(name, finding)), ...(examined.ok ? [] : [examined])];
}

function toFinding(name: string, finding: CrmFinding): Finding {
  return { ok: finding.level !== 'fault', isNote: finding.level === 'limit', words: `${name}: ${inWords(finding)}` };
}

function secretFinding({ settings }: OpenFoundations): Finding {
  if (settings.hubspot !== null && settings.hubspot.clientSecret === null) {
    return { ok: false, words: 'HUBSPOT_CLIENT_SECRET is not set, so webhooks are refused' };
  }
  return { ok: true, words: 'webhook signatures can be checked' };
}

/** A feed that is refused is a problem and shows among those; one that nobody listens to may only mean that nothing runs. */
async function feedFindings({ database, clock }: OpenFoundations): Promise<readonly Finding[]> {
  return (await listFeeds(database.db)).map((feed) => {
    const { state, since, detail } = feedView(feed, clock.now());
    const reason = detail === null ? '' : `: ${detail}`;
    return {
      ok: state === 'live' || state === 'connecting',
      words: `the change feed of ${feed.connection_id} is ${state} since ${since.toISOString()}${reason}`,
    };
  });
}

/** A question whose choices nobody has read is left out of the form, which only this and its problem tell. */
async function formFindings({ database: { db } }: OpenFoundations): Promise<readonly Finding[]> {
  const { formFields } = (await loadProgram(db)).settings;
  const read = await listFormChoices(db);
  return formFields.flatMap(({ label, choicesFrom }): readonly Finding[] => {
    if (choicesFrom === undefined) return [];
    const { connection, record, field } = choicesFrom;
    const from = `“${label}” from ${field} of ${record} records in ${connection}`;
    const known = read.find((one) => isSamePlace(one, choicesFrom));
    if (known === undefined)
      return [{ ok: false, words: `the form does not ask ${from}, whose choices were never read` }];
    const count = String(known.choices.length);
    return [{ ok: true, words: `the form offers ${count} choices for ${from}, read ${known.readAt.toISOString()}` }];
  });
}

/** The address is a secret, so that nothing else says it. */
function outboundFindings({ settings, secrets, publicUrl }: OpenFoundations): readonly Finding[] {
  if (settings.salesforce === null) return [];
  return [{ ok: true, words: `Salesforce may send Outbound Messages to ${publicUrl()}${outboundPath(secrets)}` }];
}

async function problemFindings({ database }: OpenFoundations): Promise<readonly Finding[]> {
  const open = await countOpenProblems(database.db);
  if (open.size === 0) return [{ ok: true, words: 'nothing is set aside' }];
  return [...open].map(([work, count]) => ({
    ok: false,
    words: `${String(count)} set aside: ${work} (see GET /api/v1/problems)`,
  }));
}

async function look(claim: string, check: () => Promise<unknown>, notConnected = claim): Promise<Finding> {
  try {
    await check();
    return { ok: true, words: claim };
  } catch (error) {
    if (error instanceof CrmNotConnected) return { ok: false, words: notConnected };
    return { ok: false, words: `${claim}: ${error instanceof Error ? error.message : String(error)}` };
  }
}
