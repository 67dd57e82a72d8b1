import { z } from 'zod';
import { namesOfPeople } from '../access/person.store.js';
import { maySeePartner } from '../access/visibility.js';
import type { Reader } from '../platform/database.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { loadProgram } from '../program/program.store.js';
import {
  acceptedAgreement,
  agreementShape,
  agreementSummaryShape,
  newAgreement,
  partnerAgreementShape,
} from './agreement.api.js';
import { AgreementNotFound } from './agreement-errors.js';
import { acceptAgreement, dayOf, publishAgreement, standingOf } from './agreement.handler.js';
import { acceptancesOf, agreementSummaries, findAgreement, type AgreementRow } from './agreement.store.js';
import { PartnerNotFound } from './partner-errors.js';
import { existingPartner } from './partner.handler.js';

const tags = ['Agreement'];
const params = z.strictObject({ id: z.string().max(100) });
const versionText = z.strictObject({ version: z.string().max(10) });

/** The partner agreement: put by operators, accepted by partners' owners. */
export function agreementRoutes(): readonly Route[] {
  return [...versionRoutes(), ...partnersRoutes()];
}

function versionRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/agreements',
      access: 'operator',
      kind: 'read',
      summary: 'List the versions of the partner agreement, newest first',
      tags,
      responses: { 200: z.object({ items: z.array(agreementSummaryShape) }) },
      handle: async ({ db }) => {
        const rows = await agreementSummaries(db);
        const items = rows.map((row) => ({
          ...datesOnWire(row),
          publishedBy: row.published_by,
          acceptedBy: row.accepted_by,
        }));
        return { status: 200, body: { items } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/agreements',
      access: 'operator',
      right: 'program:change',
      kind: 'write',
      summary: 'Publish the next version of the partner agreement',
      description: 'It is never edited: what was wrong is put right by the next version.',
      tags,
      body: newAgreement,
      responses: { 201: agreementShape },
      handle: async ({ uow, actor, body }) => ({
        status: 201,
        body: onWire(await publishAgreement(uow, actor, body)),
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/agreements/{version}',
      access: 'any',
      kind: 'read',
      summary: 'One version of the partner agreement',
      tags,
      params: versionText,
      responses: { 200: agreementShape },
      handle: async ({ db, now, actor, params: { version } }) => {
        const row = /^[1-9]\d{0,5}$/.test(version) ? await findAgreement(db, Number(version)) : undefined;
        // What is yet to come is the vendor's affair.
        const isShown =
          row !== undefined && (actor.kind === 'operator' || row.effective_from <= (await dayOf(db, now)));
        if (!isShown) throw new AgreementNotFound(version);
        return { status: 200, body: onWire(row) };
      },
    }),
  ];
}

function partnersRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/partners/{id}/agreement',
      access: 'any',
      kind: 'read',
      summary: 'What a partner accepted, and is asked to accept',
      tags,
      params,
      responses: { 200: partnerAgreementShape },
      handle: async ({ db, now, actor, params: { id } }) => {
        if (!maySeePartner(actor, id)) throw new PartnerNotFound(id);
        await existingPartner(db, id);
        return { status: 200, body: await partnersOnWire(db, id, now) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/agreements/accept',
      access: 'partner',
      right: 'partners:manage',
      kind: 'write',
      summary: 'Accept the partner agreement',
      description: 'An owner, signed in as a person, accepts for the partner. It is kept with time, version and hash.',
      tags,
      body: acceptedAgreement,
      responses: { 200: partnerAgreementShape },
      handle: async ({ uow, actor, body }) => {
        await acceptAgreement(uow, actor, body);
        return { status: 200, body: await partnersOnWire(uow.trx, actor.partnerId, uow.now) };
      },
    }),
  ];
}

async function partnersOnWire(
  db: Reader,
  partnerId: string,
  now: Date,
): Promise<z.input<typeof partnerAgreementShape>> {
  const { current, asked } = await standingOf(db, partnerId, now);
  const row = current === null ? undefined : await findAgreement(db, current);
  const { settings } = await loadProgram(db);
  const accepted = await acceptancesOf(db, partnerId);
  const names = await namesOfPeople(
    db,
    accepted.map((one) => one.person_id),
  );
  return {
    current: row === undefined ? null : onWire(row),
    asked,
    neededToRegister: settings.registrationNeedsAgreement,
    accepted: accepted.map((one) => ({
      version: one.version,
      contentHash: one.content_hash,
      acceptedAt: one.accepted_at.toISOString(),
      acceptedBy: names.get(one.person_id) ?? null,
    })),
  };
}

function onWire(row: AgreementRow): z.input<typeof agreementShape> {
  return { ...datesOnWire(row), text: row.text };
}

function datesOnWire(row: Omit<AgreementRow, 'text'>) {
  return {
    version: row.version,
    effectiveFrom: row.effective_from,
    asksAcceptance: row.asks_acceptance,
    note: row.note,
    contentHash: row.content_hash,
    publishedAt: row.published_at.toISOString(),
  };
}
