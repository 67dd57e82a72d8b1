import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { DomainError } from '../platform/domain-error.js';
import { confirmationRoutes } from './lead-form-confirm.routes.js';
import { leadFormCss } from './lead-form.css.js';
import { formText, refusalText } from './form-words.js';
import { submitterName } from './lead-form-fields.js';
import {
  formBytes,
  pageOf,
  refusedWith,
  sendForm,
  sendMessage,
  sendReceipt,
  sentBy,
  submissionToken,
  tokenOf,
  unknownLink,
  visitOf,
  type LeadFormDependencies,
  type LinkedPartner,
  type Visit,
} from './lead-form-pages.routes.js';
import { leadFormScript } from './lead-form-script.js';
import { parseForm, typedValues } from './lead-form.js';
import { isSolved } from './proof-of-work.js';
import { lockSubmission } from './prospect.store.js';
import { ConfirmationsLimited } from './registration-errors.js';
import { findBySubmissionToken } from './registration.store.js';
import { holdSubmission } from './unconfirmed.handler.js';

/**
 * The hosted form at a partner's personal link, `/r/{token}`. The page carries a token of its own: sending it twice registers
 * once, and the receipt is found under it and nowhere else.
 */
export function leadFormRouter(given: Omit<LeadFormDependencies, 'door'>): Router {
  const deps: LeadFormDependencies = { ...given, door: { base: '/r', isFramed: false } };
  const router = express.Router();
  router.get('/style.css', (_request, response) => {
    response.type('text/css').set('Cache-Control', 'public, max-age=3600').send(leadFormCss);
  });
  router.get('/form.js', (_request, response) => {
    response.type('text/javascript').set('Cache-Control', 'public, max-age=3600').send(leadFormScript);
  });
  confirmationRoutes(router, deps);
  formRoutes(router, deps);
  return router;
}

/** The form of one partner, its sending and its receipt, at whichever door. */
export function formRoutes(router: Router, deps: LeadFormDependencies): void {
  router.get('/:token', async (request, response) => {
    const visit = visitOf(request, response);
    const partner = await deps.partnerByToken(request.params.token);
    if (partner === null) {
      await unknownLink(deps, visit);
      return;
    }
    await sendForm(deps, visit, partner, { status: 200, token: randomUUID(), values: {}, errors: {} });
  });
  router.post('/:token', express.urlencoded({ extended: false, limit: formBytes }), async (request, response) => {
    const visit = visitOf(request, response);
    const partner = await deps.partnerByToken(request.params.token);
    if (partner === null) {
      await unknownLink(deps, visit);
      return;
    }
    await receive(deps, visit, partner, request.params.token);
  });
  router.get('/:token/receipts/:submission', async (request, response) => {
    const visit = visitOf(request, response);
    const partner = await deps.partnerByToken(request.params.token);
    const token = submissionToken.safeParse(request.params.submission);
    const registration =
      partner && token.success ? await findBySubmissionToken(deps.db, partner.id, token.data) : undefined;
    if (registration === undefined) {
      await unknownLink(deps, visit);
      return;
    }
    await sendReceipt(deps, visit, registration, `${deps.door.base}/${request.params.token}${visit.query}`);
  });
}

async function receive(
  deps: LeadFormDependencies,
  visit: Visit,
  partner: LinkedPartner,
  linkToken: string,
): Promise<void> {
  const { request, response, language } = visit;
  const { formFields, programName } = await deps.wording();
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const values = typedValues(body, formFields);
  const token = tokenOf(body);
  const again = (status: number, errors: Readonly<Record<string, string>>) =>
    sendForm(deps, visit, partner, { status, token, values, errors });
  const parsed = parseForm(values, formFields, language);
  if (parsed.kind === 'invalid') return again(422, parsed.errors);
  const { submission, submitter } = parsed;
  const isVouchedFor = isSolved(deps.proofKey, body['altcha'], pageOf(partner, token), deps.clock.now());
  const fault = isVouchedFor ? null : await faultUnvouched(deps, visit, submitter);
  if (fault !== null) {
    response.set(fault.headers);
    return again(fault.status, { submitter: fault.words });
  }
  try {
    const registeredAs = await deps.transact(async (uow) => {
      // A page sent twice at once: the second waits here and then finds the registration of the first.
      await lockSubmission(uow.trx, token);
      if ((await findBySubmissionToken(uow.trx, partner.id, token)) !== undefined) return token;
      if (!isVouchedFor && submitter !== null) {
        const form = { partner, programName, submissionToken: token, email: submitter, values, language };
        await deps.refuseWithoutAgreement(uow, partner.id);
        return holdSubmission(uow, deps, form);
      }
      await deps.submit(uow, submission, { ...sentBy(partner, token), submitter, language });
      return token;
    });
    if (registeredAs !== null)
      response.redirect(303, `${deps.door.base}/${linkToken}/receipts/${registeredAs}${visit.query}`);
    else await sendMessage(deps, visit, { status: 202, says: 'mailed' });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = refusedWith(response, error);
    const words = refusalText(language, error.code);
    if (error instanceof ConfirmationsLimited) return again(status, { [submitterName]: words });
    return sendForm(deps, visit, partner, { status, token, values, errors: {}, notice: words });
  }
}

/** What keeps a form from being taken that no script vouches for. */
async function faultUnvouched(
  deps: LeadFormDependencies,
  { request, language }: Visit,
  submitter: string | null,
): Promise<{
  readonly status: number;
  readonly words: string;
  readonly headers: Readonly<Record<string, string>>;
} | null> {
  if (submitter === null) return { status: 422, words: formText(language, 'fault.unvouched'), headers: {} };
  if (await deps.mayHold(request)) return null;
  return { status: 429, words: formText(language, 'fault.network'), headers: { 'Retry-After': '3600' } };
}
