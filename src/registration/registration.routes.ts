import { z } from 'zod';
import type { OperatorActor, SignedInActor } from '../platform/actor.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import type { Reader } from '../platform/database.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { Decision, DecideRegistration } from './decide-registration.handler.js';
import {
  approveBody,
  decidedShape,
  extendBody,
  rejectBody,
  resubmitBody,
  returnBody,
  submitRegistrationBody,
  submittedShape,
  withdrawBody,
} from './registration.api.js';
import { PartnerInactive, PartnerNotNamed, RegistrationNotFound } from './registration-errors.js';
import { findRegistration, type RegistrationRow } from './registration.store.js';
import { resubmitRegistration } from './resubmit-registration.handler.js';
import type { Introducer, SubmitRegistration, SubmittedRegistration } from './submit-registration.handler.js';
import { shownStatus } from './registration.js';

export interface RegistrationRouteDependencies {
  readonly submit: SubmitRegistration;
  readonly decide: DecideRegistration;
  /** Approves, or takes a step of the approval. */
  readonly approve: (
    uow: UnitOfWork,
    approve: Decision & { readonly actor: OperatorActor; readonly dealId: string | null; readonly step: number | null },
  ) => Promise<RegistrationRow>;
  /** The partner if it exists and is active. */
  readonly activePartner: (db: Reader, partnerId: string) => Promise<Introducer | null>;
}

const params = z.strictObject({ id: z.string().max(60) });
const tags = ['registrations'];

/** Submitting and deciding; reading a registration with all that hangs on it is the desk's. */
export function registrationRoutes(deps: RegistrationRouteDependencies): readonly Route[] {
  return [
    submitRoute(deps),
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/approve',
      access: 'operator',
      right: 'registrations:decide',
      summary: 'Approve a registration',
      description:
        'Protection starts today. `dealId` attaches to a deal that is in the CRM already instead of making one.',
      tags,
      params,
      body: approveBody,
      responses: { 200: decidedShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id }, body }) =>
        answer(
          await deps.approve(uow, {
            id,
            actor,
            reason: body.reason ?? null,
            dealId: body.dealId ?? null,
            step: body.step ?? null,
          }),
          actor,
        ),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/reject',
      access: 'operator',
      right: 'registrations:decide',
      summary: 'Reject a registration',
      description:
        'The partner is shown the reason; the code is for operators. Of an approved registration this refuses the extension that was asked for.',
      tags,
      params,
      body: rejectBody,
      responses: { 200: decidedShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id }, body }) =>
        answer(await deps.decide.reject(uow, { id, actor, ...rejection(body) }), actor),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/return',
      access: 'operator',
      right: 'registrations:decide',
      summary: 'Return a registration with a question',
      tags,
      params,
      body: returnBody,
      responses: { 200: decidedShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id }, body }) =>
        answer(await deps.decide.return(uow, { id, actor, reason: body.reason }), actor),
    }),
    ...partnerDecisionRoutes(deps),
  ];
}

function rejection({ reason, code, duplicateOf }: z.output<typeof rejectBody>) {
  return {
    reason,
    code: code ?? (duplicateOf === undefined ? null : 'duplicate'),
    duplicateOf: duplicateOf ?? null,
  } as const;
}

function submitRoute(deps: RegistrationRouteDependencies): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/registrations',
    access: 'any',
    right: 'registrations:decide',
    summary: 'Register a lead',
    description: 'A partner key registers for itself; an operator key names the partner.',
    tags,
    body: submitRegistrationBody,
    responses: { 201: submittedShape },
    kind: 'write',
    handle: async ({ uow, actor, body: { partnerId, attestation: _attested, ...submission } }) => {
      const partner = await introducerFor(deps, uow, actor, partnerId);
      const submitted = await deps.submit(uow, submission, { partner, actor, source: 'api' });
      return { status: 201, body: submittedView(submitted, actor) };
    },
  });
}

/** Calls that a partner makes for its own registrations and an operator for any. */
function partnerDecisionRoutes(deps: RegistrationRouteDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/resubmit',
      access: 'any',
      right: 'registrations:decide',
      summary: 'Answer a returned registration',
      description: 'What is given replaces what was there. The first submission time stays.',
      tags,
      params,
      body: resubmitBody,
      responses: { 200: decidedShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id }, body }) => {
        await ownOrNotFound(uow, actor, id);
        await resubmitRegistration(uow, id, body, actor);
        return answer(await ownOrNotFound(uow, actor, id), actor);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/withdraw',
      access: 'any',
      right: 'registrations:decide',
      summary: 'Withdraw a registration',
      tags,
      params,
      body: withdrawBody,
      responses: { 200: decidedShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id }, body }) => {
        await ownOrNotFound(uow, actor, id);
        return answer(await deps.decide.withdraw(uow, { id, actor, reason: body.reason ?? null }), actor);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/extend',
      access: 'any',
      right: 'registrations:decide',
      summary: 'Extend protection, or ask for it',
      description: 'An operator extends; a partner asks, while protection still runs.',
      tags,
      params,
      body: extendBody,
      responses: { 200: decidedShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id }, body }) => {
        await ownOrNotFound(uow, actor, id);
        const extension = { id, actor, reason: body.reason ?? null, days: body.days ?? null };
        return answer(await deps.decide.extend(uow, extension), actor);
      },
    }),
  ];
}

async function introducerFor(
  deps: RegistrationRouteDependencies,
  uow: UnitOfWork,
  actor: SignedInActor,
  named: string | undefined,
): Promise<Introducer> {
  const partnerId = actor.kind === 'partner' ? actor.partnerId : named;
  const mayName = actor.kind === 'operator' || named === undefined || named === actor.partnerId;
  if (partnerId === undefined || !mayName) throw new PartnerNotNamed(named);
  const partner = await deps.activePartner(uow.trx, partnerId);
  if (partner !== null) return partner;
  throw actor.kind === 'partner' ? new PartnerInactive(partnerId) : new PartnerNotNamed(named);
}

/** The registration if the asker may know of it. @throws RegistrationNotFound for another partner's, as for none */
async function ownOrNotFound(uow: UnitOfWork, actor: SignedInActor, id: string): Promise<RegistrationRow> {
  const registration = await findRegistration(uow.trx, id);
  const isOwn = actor.kind === 'operator' || registration?.partner_id === actor.partnerId;
  if (registration === undefined || !isOwn) throw new RegistrationNotFound(id);
  return registration;
}

function submittedView(submitted: SubmittedRegistration, actor: SignedInActor) {
  const { conflicts, ...shown } = submitted;
  return actor.kind === 'operator' ? { ...shown, conflicts: [...conflicts] } : shown;
}

function answer(registration: RegistrationRow, actor: SignedInActor) {
  const body = {
    id: registration.id,
    status: shownStatus(registration.status, registration.outcome),
    protectedUntil: registration.protected_until,
    reason: registration.decision_reason,
  };
  return {
    status: 200 as const,
    body: actor.kind === 'operator' ? { ...body, code: registration.decision_code } : body,
  };
}
