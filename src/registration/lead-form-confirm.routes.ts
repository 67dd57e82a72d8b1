import express, { type Router } from 'express';
import { assertDefined } from '../platform/assert.js';
import { DomainError } from '../platform/domain-error.js';
import { confirmPage } from './lead-form-confirm.html.js';
import { refusalText } from './form-words.js';
import {
  aroundPage,
  refusedWith,
  send,
  sendMessage,
  sendReceipt,
  sentBy,
  visitOf,
  type LeadFormDependencies,
  type LinkedPartner,
  type Visit,
} from './lead-form-pages.routes.js';
import { parseForm } from './lead-form.js';
import { lockSubmission } from './prospect.store.js';
import { findBySubmissionToken } from './registration.store.js';
import { heldBehind, typedIn } from './unconfirmed.handler.js';
import { markConfirmed, type UnconfirmedRow } from './unconfirmed.store.js';

/**
 * The page behind a mailed link. Opening it changes nothing: scanners of mail open links, too. The button on it confirms; afterwards the
 * same link shows the receipt.
 */
export function confirmationRoutes(router: Router, deps: LeadFormDependencies): void {
  const held = async (link: string, visit: Visit) => {
    const behind = await heldBehind(deps.db, link, deps.clock.now());
    const partner = behind.kind === 'held' ? await deps.partnerById(behind.row.partner_id) : null;
    if (behind.kind === 'held' && partner !== null) return { row: behind.row, partner };
    const [status, says] = behind.kind === 'unknown' ? ([404, 'unmailed'] as const) : ([410, 'expired'] as const);
    await sendMessage(deps, visit, { status, says });
    return null;
  };
  router.get('/confirm/:link', async (request, response) => {
    const visit = visitOf(request, response);
    const found = await held(request.params.link, visit);
    if (found === null) return;
    const { row, partner } = found;
    if (row.sealed_values === null) return sendConfirmed(deps, visit, row);
    const { programName } = await deps.wording();
    send(visit, 200, confirmPage(await aroundPage(deps, visit), { programName, partnerName: partner.name }));
  });
  router.post('/confirm/:link', express.urlencoded({ extended: false, limit: 1024 }), async (request, response) => {
    const visit = visitOf(request, response);
    const found = await held(request.params.link, visit);
    if (found !== null) await confirm(deps, visit, found.row, found.partner);
  });
}

/** The moment of the confirmation is the one that settles who was first. */
async function confirm(
  deps: LeadFormDependencies,
  visit: Visit,
  row: UnconfirmedRow,
  partner: LinkedPartner,
): Promise<void> {
  if (row.sealed_values === null) return sendConfirmed(deps, visit, row);
  const values = typedIn(deps.secrets, row.sealed_values);
  const token = row.submission_token;
  // The form may have changed since.
  const parsed = parseForm(values, (await deps.wording()).formFields, visit.language);
  if (parsed.kind === 'invalid') {
    // Nothing of what was typed is shown to whom the link was mailed, who may be somebody else.
    await sendMessage(deps, visit, { status: 409, says: 'changed' });
    return;
  }
  const { submission, submitter } = parsed;
  try {
    await deps.transact(async (uow) => {
      await lockSubmission(uow.trx, token);
      if ((await findBySubmissionToken(uow.trx, partner.id, token)) === undefined) {
        await deps.submit(uow, submission, { ...sentBy(partner, token), submitter, language: visit.language });
      }
      await markConfirmed(uow.trx, row.id, uow.now);
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = refusedWith(visit.response, error);
    await sendMessage(deps, visit, { status, says: 'notNow', words: refusalText(visit.language, error.code) });
    return;
  }
  await sendConfirmed(deps, visit, row);
}

async function sendConfirmed(deps: LeadFormDependencies, visit: Visit, row: UnconfirmedRow): Promise<void> {
  const registration = await findBySubmissionToken(deps.db, row.partner_id, row.submission_token);
  await sendReceipt(deps, visit, assertDefined(registration, 'what was confirmed is registered'), null);
}
