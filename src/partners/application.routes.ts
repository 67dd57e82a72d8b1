import { z } from 'zod';
import type { SendInvitation } from '../access/invite-person.handler.js';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { countries } from '../program/country.js';
import { loadProgram } from '../program/program.store.js';
import { partnerTypes } from './application.js';
import {
  acceptBody,
  applicationDetailShape,
  applicationFormShape,
  applicationQuery,
  applicationShape,
  applicationTaken,
  newApplication,
  rejectApplicationBody,
} from './application.api.js';
import { ApplicationNotFound } from './application-errors.js';
import {
  applicationsOf,
  findApplication,
  listApplications,
  repeatsOf,
  type ApplicationRow,
} from './application.store.js';
import { apply, type CompanyKeys } from './apply.handler.js';
import { acceptApplication, rejectApplication, type SendRejection } from './decide-application.handler.js';
import { listPartners } from './partner.store.js';

const tags = ['Applications'];
const right = 'partners:manage';
const params = z.strictObject({ id: z.string().max(60) });
const position = z.object({ after: z.string() });

export interface ApplicationRouteDependencies {
  readonly keys: CompanyKeys;
  readonly sendInvitation: SendInvitation;
  readonly sendRejection: SendRejection;
}

/** Getting in: anybody asks to become a partner, and operators decide. */
export function applicationRoutes(deps: ApplicationRouteDependencies): readonly Route[] {
  return [...publicRoutes(deps), ...lookingRoutes(), ...decidingRoutes(deps)];
}

function publicRoutes({ keys }: ApplicationRouteDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/application-form',
      access: 'public',
      kind: 'read',
      summary: 'What the page for applications shows',
      tags,
      responses: { 200: applicationFormShape },
      handle: async ({ db }) => {
        const { publicName, applications } = (await loadProgram(db)).settings;
        const body = { programName: publicName, open: applications === 'open', types: partnerTypes, countries };
        return { status: 200, body };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/applications',
      access: 'public',
      scarce: true,
      kind: 'write',
      summary: 'Apply to become a partner',
      description:
        'The answer is the same whether or not the company or the address is known already. While an application waits, another ' +
        'of the same company or address is kept beside it and makes no second one.',
      tags,
      body: newApplication,
      responses: { 202: applicationTaken },
      handle: async ({ uow, body }) => {
        await apply(uow, keys, body);
        return { status: 202, body: { received: true as const, receivedAt: uow.now.toISOString() } };
      },
    }),
  ];
}

function lookingRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/applications',
      access: 'operator',
      kind: 'read',
      summary: 'List applications to become a partner',
      tags,
      query: z.strictObject({ ...pageQuery, ...applicationQuery }),
      responses: { 200: pageOf(applicationShape) },
      handle: async ({ db, query }) => {
        const filter = { ...query, ...readCursor(query.cursor, position) };
        const rows = await listApplications(db, filter, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, ({ id }) => ({ after: id }), onWire) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/applications/{id}',
      access: 'operator',
      kind: 'read',
      summary: 'One application, with what is known beside it',
      tags,
      params,
      responses: { 200: applicationDetailShape },
      handle: async ({ db, params: { id } }) => {
        const row = await findApplication(db, id);
        if (row === undefined) throw new ApplicationNotFound(id);
        return { status: 200, body: await detailOnWire(db, row) };
      },
    }),
  ];
}

function decidingRoutes({ sendInvitation, sendRejection }: ApplicationRouteDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/applications/{id}/accept',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'Accept an application',
      description: 'The company becomes a partner, and its contact is invited by mail as the first owner.',
      tags,
      params,
      body: acceptBody,
      responses: { 200: applicationShape },
      handle: async ({ uow, actor, params: { id }, body }) => ({
        status: 200,
        body: onWire(await acceptApplication(uow, sendInvitation, { actor, id, body })),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/applications/{id}/reject',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'Reject an application',
      description: 'The reason is mailed to the contact in these words, unless `silent` is true.',
      tags,
      params,
      body: rejectApplicationBody,
      responses: { 200: applicationShape },
      handle: async ({ uow, actor, params: { id }, body }) => ({
        status: 200,
        body: onWire(await rejectApplication(uow, sendRejection, { actor, id, ...body })),
      }),
    }),
  ];
}

function onWire(row: ApplicationRow): z.input<typeof applicationShape> {
  return {
    id: row.id,
    company: { name: row.company_name, website: row.website, country: row.country },
    contact: { name: row.contact_name, email: row.contact_email },
    type: row.type,
    message: row.message,
    status: row.status,
    submittedAt: row.submitted_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
    reason: row.reason,
    partnerId: row.partner_id,
  };
}

async function detailOnWire(db: Reader, row: ApplicationRow): Promise<z.input<typeof applicationDetailShape>> {
  const earlier = (await applicationsOf(db, row)).filter(({ id }) => id !== row.id).map(onWire);
  const [known] = await listPartners(db, { email: row.contact_email }, 1);
  const repeats = (await repeatsOf(db, row.id)).map((repeat) => ({
    company: repeat.company_name,
    contact: { name: repeat.contact_name, email: repeat.contact_email },
    message: repeat.message,
    at: repeat.at.toISOString(),
  }));
  return {
    ...onWire(row),
    repeats,
    earlier,
    knownPartnerId: known === undefined || known.id === row.partner_id ? null : known.id,
  };
}
