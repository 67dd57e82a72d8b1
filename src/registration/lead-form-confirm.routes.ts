import express, { type Response, type Router } from 'express';
import { assertDefined } from '../platform/assert.js';
import { DomainError } from '../platform/domain-error.js';
import { confirmPage } from './lead-form-confirm.html.js';
import { messagePage } from './lead-form-page.html.js';
import {
  refusedWith,
  send,
  sendReceipt,
  sentBy,
  type LeadFormDependencies,
  type LinkedPartner,
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
  const held = async (link: string, response: Response) => {
    const behind = await heldBehind(deps.db, link, deps.clock.now());
    const partner = behind.kind === 'held' ? await deps.partnerById(behind.row.partner_id) : null;
    if (behind.kind === 'held' && partner !== null) return { row: behind.row, partner };
    endedLink(response, behind.kind === 'unknown' ? 404 : 410);
    return null;
  };
  router.get('/confirm/:link', async (request, response) => {
    const found = await held(request.params.link, response);
    if (found === null) return;
    const { row, partner } = found;
    if (row.sealed_values === null) return sendConfirmed(deps, response, row);
    const { programName } = await deps.wording();
    send(response, 200, confirmPage({ programName, partnerName: partner.name }));
  });
  router.post('/confirm/:link', express.urlencoded({ extended: false, limit: 1024 }), async (request, response) => {
    const found = await held(request.params.link, response);
    if (found !== null) await confirm(deps, response, found.row, found.partner);
  });
}

/** The moment of the confirmation is the one that settles who was first. */
async function confirm(
  deps: LeadFormDependencies,
  response: Response,
  row: UnconfirmedRow,
  partner: LinkedPartner,
): Promise<void> {
  if (row.sealed_values === null) return sendConfirmed(deps, response, row);
  const values = typedIn(deps.secrets, row.sealed_values);
  const token = row.submission_token;
  // The form may have changed since.
  const parsed = parseForm(values, (await deps.wording()).formFields);
  if (parsed.kind === 'invalid') {
    // Nothing of what was typed is shown to whom the link was mailed, who may be somebody else.
    const words = 'The program asks for more by now. Open the form where you found it and send it once more.';
    send(response, 409, messagePage('The form has changed', words));
    return;
  }
  const { submission, submitter } = parsed;
  try {
    await deps.transact(async (uow) => {
      await lockSubmission(uow.trx, token);
      if ((await findBySubmissionToken(uow.trx, partner.id, token)) === undefined) {
        await deps.submit(uow, submission, { ...sentBy(partner, token), submitter });
      }
      await markConfirmed(uow.trx, row.id, uow.now);
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    send(response, refusedWith(response, error), messagePage('Not now', error.message));
    return;
  }
  await sendConfirmed(deps, response, row);
}

async function sendConfirmed(deps: LeadFormDependencies, response: Response, row: UnconfirmedRow): Promise<void> {
  const registration = await findBySubmissionToken(deps.db, row.partner_id, row.submission_token);
  await sendReceipt(deps, response, assertDefined(registration, 'what was confirmed is registered'), null);
}

function endedLink(response: Response, status: 404 | 410): void {
  const [title, words] =
    status === 410
      ? [
          'Link of the past',
          'This link holds no longer. Fill in the form again if you still want to register the lead.',
        ]
      : ['Unknown link', 'We mailed no such link. Open it again from the mail, or copy it whole.'];
  send(response, status, messagePage(title, words));
}
