import { z } from 'zod';
import { partnerScope } from '../access/visibility.js';
import type { SignedInActor } from '../platform/actor.js';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { day } from '../program/calendar.api.js';
import { addDays, startOfDayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { RegistrationNotFound } from '../registration/registration-errors.js';
import { listRegistrations, type RegistrationFilter } from '../registration/registration-list.store.js';
import { findRegistration } from '../registration/registration.store.js';
import { listAwaiting } from '../registration/review.store.js';
import { registrationShape } from './desk.api.js';
import { registrationsWonIn } from './overview.handler.js';
import { operatorView, partnerView, type RegistrationFile } from './registration-view.js';
import { openFiles } from './registrations.handler.js';

const statuses = [
  'draft',
  'submitted',
  'in_review',
  'approved',
  'returned',
  'rejected',
  'waiting',
  'withdrawn',
  'expired',
] as const;
const listPosition = z.strictObject({ id: z.string() });

/** Reads that span stages. */
export function deskRoutes(): readonly Route[] {
  return [
    reviewQueueRoute(),
    defineRoute({
      method: 'get',
      path: '/api/v1/registrations',
      access: 'any',
      summary: 'List registrations, newest first',
      description:
        '`search` finds a part of the name or the domain of the company; `order=oldest` begins with what has waited longest.',
      tags: ['registrations'],
      query: z.strictObject({
        ...pageQuery,
        partnerId: z.string().max(60).optional(),
        status: z.enum([...statuses, 'won', 'lost']).optional(),
        search: z.string().trim().min(1).max(100).optional(),
        order: z.enum(['newest', 'oldest']).default('newest'),
        by: z
          .enum(['submitted', 'approved', 'decided', 'won', 'protected'])
          .default('submitted')
          .meta({ description: 'What `from` and `to` say the days of; `protected`: the last day of the protection.' }),
        from: day.optional().meta({ description: 'From this day on, in the program’s time zone.' }),
        to: day.optional().meta({ description: 'Up to and with this day.' }),
      }),
      responses: { 200: pageOf(registrationShape) },
      kind: 'read',
      handle: async ({ db, actor, now, query }) => {
        const after = readCursor(query.cursor, listPosition)?.id ?? null;
        const scope = partnerScope(actor, query.partnerId);
        if (scope.kind === 'none') return { status: 200, body: { items: [], nextCursor: null } };
        const partnerId = scope.kind === 'one' ? scope.partnerId : undefined;
        const { search, order, limit } = query;
        const filter = {
          partnerId,
          search,
          ...statusFilter(query.status),
          ...(await rangeFilter(db, query, partnerId)),
        };
        const rows = await listRegistrations(db, filter, { order, after, limit: limit + 1 });
        const files = await openFiles(db, rows, now);
        const position = (file: RegistrationFile) => ({ id: file.registration.id });
        return { status: 200, body: toPage(files, limit, position, viewFor(actor)) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/registrations/{id}',
      access: 'any',
      summary: 'One registration with its CRM records and its deal',
      tags: ['registrations'],
      params: z.strictObject({ id: z.string().max(60) }),
      responses: { 200: registrationShape },
      kind: 'read',
      handle: async ({ db, actor, now, params: { id } }) => {
        const registration = await findRegistration(db, id);
        const isOwn = actor.kind === 'operator' || registration?.partner_id === actor.partnerId;
        if (registration === undefined || !isOwn) throw new RegistrationNotFound(id);
        const [file] = await openFiles(db, [registration], now);
        if (file === undefined) throw new RegistrationNotFound(id);
        return { status: 200, body: viewFor(actor)(file) };
      },
    }),
  ];
}

const queuePosition = z.strictObject({ since: z.iso.datetime(), id: z.string() });

function reviewQueueRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/reviews',
    access: 'operator',
    summary: 'Registrations that wait for an answer, what is due first',
    description: 'Submitted ones, and approved ones whose partner asks for an extension.',
    tags: ['reviews'],
    query: z.strictObject({
      ...pageQuery,
      assignee: z.string().max(60).optional().meta({ description: '`me`, `nobody`, or the id of a person.' }),
      search: z.string().trim().min(1).max(100).optional(),
    }),
    responses: { 200: pageOf(registrationShape) },
    kind: 'read',
    handle: async ({ db, actor, now, query }) => {
      const { limit, assignee, search } = query;
      const from = readCursor(query.cursor, queuePosition);
      const after = from === undefined ? null : { since: new Date(from.since), id: from.id };
      const assigneeId = assignee === 'me' ? actor.id : assignee === 'nobody' ? null : assignee;
      const rows = await listAwaiting(db, { assigneeId, search }, { after, limit: limit + 1 });
      const position = ({ registration: { id, awaits_since: since } }: RegistrationFile) => ({
        id,
        since: assertDefined(since, 'what waits does so since a moment').toISOString(),
      });
      return { status: 200, body: toPage(await openFiles(db, rows, now), limit, position, operatorView) };
    },
  });
}

interface AskedRange {
  readonly by: 'submitted' | 'approved' | 'decided' | 'won' | 'protected';
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

const beforeAll = new Date(0);
const afterAll = new Date('9999-12-31T00:00:00Z');

async function rangeFilter(
  db: Reader,
  { by, from, to }: AskedRange,
  partnerId: string | undefined,
): Promise<RegistrationFilter> {
  if (from === undefined && to === undefined) return {};
  if (by === 'protected') return { within: { by: 'protected_until', from: from ?? null, to: to ?? null } };
  const { timeZone } = (await loadProgram(db)).settings;
  const moments = {
    from: from === undefined ? null : startOfDayIn(from, timeZone),
    until: to === undefined ? null : startOfDayIn(addDays(to, 1), timeZone),
  };
  if (by !== 'won') return { within: { by: `${by}_at`, ...moments } };
  const range = { from: moments.from ?? beforeAll, until: moments.until ?? afterAll };
  return { ids: await registrationsWonIn(db, range, partnerId) };
}

/** `approved` means approved with the deal still open; a won or lost registration is one of its own. */
function statusFilter(status: (typeof statuses)[number] | 'won' | 'lost' | undefined): RegistrationFilter {
  if (status === 'won' || status === 'lost') return { status: 'approved', outcome: status };
  return status === 'approved' ? { status, outcome: 'open' } : { status };
}

function viewFor(actor: SignedInActor) {
  return (file: RegistrationFile) => (actor.kind === 'operator' ? operatorView(file) : partnerView(file));
}
