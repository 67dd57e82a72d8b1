import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { DomainError } from '../platform/domain-error.js';
import { confirmationRoutes } from './lead-form-confirm.routes.js';
import { leadFormCss } from './lead-form.css.js';
import { submitterField } from './lead-form-fields.js';
import {
  pageOf,
  refusedWith,
  sendForm,
  sendMessage,
  sendReceipt,
  sentBy,
  unknownLink,
  type LeadFormDependencies,
  type LinkedPartner,
} from './lead-form-pages.routes.js';
import { leadFormScript } from './lead-form-script.js';
import { parseForm, typedValues } from './lead-form.js';
import { isSolved } from './proof-of-work.js';
import { lockSubmission } from './prospect.store.js';
import { ConfirmationsLimited } from './registration-errors.js';
import { findBySubmissionToken } from './registration.store.js';
import { holdSubmission } from './unconfirmed.handler.js';

/** Whichever case it comes back in, it is the same page that was sent. */
const submissionToken = z.uuid().toLowerCase();
/** Far more than fits the fields: who pastes too much is shown it again, with the error beside the field. */
const formBytes = 1024 * 1024;

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
    const partner = await deps.partnerByToken(request.params.token);
    if (partner === null) {
      await unknownLink(deps, response);
      return;
    }
    await sendForm(deps, response, partner, { status: 200, token: randomUUID(), values: {}, errors: {} });
  });
  router.post('/:token', express.urlencoded({ extended: false, limit: formBytes }), async (request, response) => {
    const partner = await deps.partnerByToken(request.params.token);
    if (partner === null) {
      await unknownLink(deps, response);
      return;
    }
    await receive(deps, { request, response }, partner, request.params.token);
  });
  router.get('/:token/receipts/:submission', async (request, response) => {
    const partner = await deps.partnerByToken(request.params.token);
    const token = submissionToken.safeParse(request.params.submission);
    const registration =
      partner && token.success ? await findBySubmissionToken(deps.db, partner.id, token.data) : undefined;
    if (registration === undefined) {
      await unknownLink(deps, response);
      return;
    }
    await sendReceipt(deps, response, registration, `${deps.door.base}/${request.params.token}`);
  });
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

async function receive(
  deps: LeadFormDependencies,
  { request, response }: Exchange,
  partner: LinkedPartner,
  linkToken: string,
): Promise<void> {
  const { formFields, programName } = await deps.wording();
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const values = typedValues(body, formFields);
  const given = submissionToken.safeParse(body['submission']);
  const token = given.success ? given.data : randomUUID();
  const again = (status: number, errors: Readonly<Record<string, string>>) =>
    sendForm(deps, response, partner, { status, token, values, errors });
  const parsed = parseForm(values, formFields);
  if (parsed.kind === 'invalid') return again(422, parsed.errors);
  const { submission, submitter } = parsed;
  const isVouchedFor = isSolved(deps.proofKey, body['altcha'], pageOf(partner, token), deps.clock.now());
  const fault = isVouchedFor ? null : await faultUnvouched(deps, request, submitter);
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
        const form = { partner, programName, submissionToken: token, email: submitter, values };
        await deps.refuseWithoutAgreement(uow, partner.id);
        return holdSubmission(uow, deps, form);
      }
      await deps.submit(uow, submission, { ...sentBy(partner, token), submitter });
      return token;
    });
    if (registeredAs !== null) response.redirect(303, `${deps.door.base}/${linkToken}/receipts/${registeredAs}`);
    else await sendMessage(deps, response, { status: 202, title: 'Look into your mail', words: mailedWords });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = refusedWith(response, error);
    if (error instanceof ConfirmationsLimited) return again(status, { [submitterField.name]: error.message });
    return sendForm(deps, response, partner, { status, token, values, errors: {}, notice: error.message });
  }
}

const mailedWords =
  'We mailed you a link. Your registration counts from the moment you follow it and confirm; until then nobody looks at it. The link holds for three days.';

/** What keeps a form from being taken that no script vouches for. */
async function faultUnvouched(
  deps: LeadFormDependencies,
  request: Request,
  submitter: string | null,
): Promise<{
  readonly status: number;
  readonly words: string;
  readonly headers: Readonly<Record<string, string>>;
} | null> {
  if (submitter === null) {
    const words =
      'Enter your own e-mail: your browser ran no script that tells you from a robot, so we confirm by mail';
    return { status: 422, words, headers: {} };
  }
  if (await deps.mayHold(request)) return null;
  const words = 'Too many forms came from your network. Try again in an hour; what you typed stays on this page.';
  return { status: 429, words, headers: { 'Retry-After': '3600' } };
}
