import { sql } from 'kysely';
import type { Composition } from './compose.js';
import type { OpenFoundations } from './open-foundations.js';
import { countOpenProblems } from './platform/problems.store.js';
import { countPending } from './watch/pending-deal.store.js';

export interface Finding {
  readonly ok: boolean;
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
    ...(await Promise.all(
      composition.connections.map(({ name, connector }) =>
        look(`${name} answers and lists its stages`, () => connector.stages()),
      ),
    )),
    ...(await problemFindings(foundations)),
    { ok: true, words: `${String(await countPending(db))} deals wait to be read` },
  ];
}

function secretFinding({ settings }: OpenFoundations): Finding {
  if (settings.hubspot !== null && settings.hubspot.clientSecret === null) {
    return { ok: false, words: 'HUBSPOT_CLIENT_SECRET is not set, so webhooks are refused' };
  }
  return { ok: true, words: 'webhook signatures can be checked' };
}

async function problemFindings({ database }: OpenFoundations): Promise<readonly Finding[]> {
  const open = await countOpenProblems(database.db);
  if (open.size === 0) return [{ ok: true, words: 'nothing is set aside' }];
  return [...open].map(([work, count]) => ({
    ok: false,
    words: `${String(count)} set aside: ${work} (see GET /api/v1/problems)`,
  }));
}

async function look(claim: string, check: () => Promise<unknown>): Promise<Finding> {
  try {
    await check();
    return { ok: true, words: claim };
  } catch (error) {
    return { ok: false, words: `${claim}: ${error instanceof Error ? error.message : String(error)}` };
  }
}
