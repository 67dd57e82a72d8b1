import { z } from 'zod';
import { namesOfPeople } from '../access/person.store.js';
import type { Reader } from '../platform/database.js';
import { pageOf } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { isConnected, listConnections, type ConnectionRow } from '../sync/connection.store.js';
import { usageOfConnections, type CallUsage } from '../sync/call-account.store.js';
import type { WebSignInHandler } from '../sync/web-sign-in.handler.js';
import { listFeeds, type ChangeFeedRow } from '../watch/change-feed.store.js';
import { feedView } from '../watch/feed-standing.js';
import {
  begunSignInShape,
  completedSignInShape,
  connectionShape,
  disconnectBody,
  disconnectedShape,
  examinedShape,
  provisionedShape,
  signInAnswerBody,
} from './connection.api.js';
import type { CareForConnection } from './care-for-connection.handler.js';

export type ShownConnection = z.input<typeof connectionShape>;

export interface ConnectionRouteDependencies {
  /** What signs in, in the words of the settings; `none` where they do not name the connection. */
  readonly wayOf: (connectionId: string) => ShownConnection['signIn'];
  readonly redirectUrl: () => string;
  readonly signIn: WebSignInHandler;
  readonly care: CareForConnection;
}

const tags = ['connections'];
const right = 'connections:manage';
const params = z.strictObject({ id: z.string().max(60) });

/** The connected CRM accounts: how they are, and what people do about them. */
export function connectionRoutes(deps: ConnectionRouteDependencies): readonly Route[] {
  return [listRoute(deps), ...signInRoutes(deps), ...careRoutes(deps)];
}

function listRoute(deps: ConnectionRouteDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/connections',
    access: 'operator',
    summary: 'The CRM accounts, connected or not',
    tags,
    responses: { 200: pageOf(connectionShape) },
    kind: 'read',
    handle: async ({ db, now }) => ({
      status: 200,
      body: { items: await shownConnections(deps, db, now), nextCursor: null },
    }),
  });
}

function signInRoutes({ signIn }: ConnectionRouteDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/connections/{id}/sign-ins',
      access: 'operator',
      right,
      kind: 'write',
      secretReply: true,
      summary: 'Begin to connect a CRM account',
      description:
        'For people, not for keys: the answer is the address of the page on which the CRM asks this person. It sends the browser back to ' +
        '`redirectUrl` of the connection.',
      tags,
      params,
      responses: { 201: begunSignInShape },
      handle: async ({ uow, actor, params: { id } }) => {
        const { url, expiresAt } = await signIn.begin(uow, id, actor);
        return { status: 201, body: { url, expiresAt: expiresAt.toISOString() } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/connections/callback',
      access: 'operator',
      right,
      kind: 'act',
      summary: 'End it with what the CRM sent back',
      description:
        'Works once, and for who began it. Another account than the one whose records are linked is refused. What is refused changes nothing.',
      tags,
      body: signInAnswerBody,
      responses: { 200: completedSignInShape },
      handle: async ({ actor, body }) => ({ status: 200, body: await signIn.complete(body, actor) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/connections/{id}/disconnect',
      access: 'operator',
      right,
      kind: 'act',
      summary: 'Disconnect a CRM account',
      description:
        'Its tokens are deleted here and revoked at the CRM. Everything that is for it waits; links and history stay.',
      tags,
      params,
      body: disconnectBody,
      responses: { 200: disconnectedShape },
      handle: async ({ actor, params: { id }, body: { reason } }) => ({
        status: 200,
        body: await signIn.disconnect(id, actor, reason),
      }),
    }),
  ];
}

function careRoutes({ care }: ConnectionRouteDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/connections/{id}/provision',
      access: 'operator',
      right,
      kind: 'act',
      summary: 'Make our fields in the CRM where they are missing',
      tags,
      params,
      responses: { 200: provisionedShape },
      handle: async ({ actor, params: { id } }) => {
        const { created, existing } = await care.provision(id, actor);
        return { status: 200, body: { created: [...created], existing: [...existing] } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/connections/{id}/examine',
      access: 'operator',
      right,
      kind: 'act',
      summary: 'Look again what the CRM lacks',
      tags,
      params,
      responses: { 200: examinedShape },
      handle: async ({ params: { id } }) => ({ status: 200, body: { findings: toMend(await care.examine(id)) } }),
    }),
  ];
}

async function shownConnections(deps: ConnectionRouteDependencies, db: Reader, now: Date): Promise<ShownConnection[]> {
  const rows = await listConnections(db);
  const feeds = new Map((await listFeeds(db)).map((feed) => [feed.connection_id, feed]));
  const usage = await usageOfConnections(db);
  const ids = rows.flatMap((row) => [row.connected_by, row.disconnected_by]).filter((id) => id !== null);
  const names = await namesOfPeople(db, ids);
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  return rows.map((row) => ({
    ...standing(row, nameOf),
    signIn: deps.wayOf(row.id),
    redirectUrl: deps.wayOf(row.id) === 'web' ? deps.redirectUrl() : null,
    provisionedAt: iso(row.provisioned_at),
    lastSignalAt: iso(row.last_signal_at),
    sweptAt: iso(row.swept_at),
    fullReadAt: iso(row.full_read_at),
    calls: shownUsage(usage.get(row.id)),
    changeFeed: shownFeed(feeds.get(row.id), now),
    examinedAt: iso(row.examined_at),
    findings: toMend(row.findings),
  }));
}

function standing(row: ConnectionRow, nameOf: (id: string | null) => string | null) {
  return {
    id: row.id,
    crm: row.crm,
    name: row.name,
    accountId: row.account_id,
    connected: isConnected(row),
    connectedAt: iso(row.connected_at),
    connectedBy: nameOf(row.connected_by),
    disconnectedAt: iso(row.disconnected_at),
    disconnectedBy: nameOf(row.disconnected_by),
    disconnectReason: row.disconnect_reason,
  };
}

function iso(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}

/** What costs nothing is not shown. */
function toMend(findings: ConnectionRow['findings']): ShownConnection['findings'] {
  return findings.flatMap(({ level, ...words }) => (level === 'fine' ? [] : [{ level, ...words }]));
}

function shownUsage(usage: CallUsage | undefined): ShownConnection['calls'] {
  if (usage === undefined) return null;
  return { used: usage.used, limit: usage.limit, seenAt: new Date(usage.seenAtMs).toISOString() };
}

function shownFeed(feed: ChangeFeedRow | undefined, now: Date): ShownConnection['changeFeed'] {
  if (feed === undefined) return null;
  const { state, since, detail } = feedView(feed, now);
  return { state, since: since.toISOString(), detail };
}
