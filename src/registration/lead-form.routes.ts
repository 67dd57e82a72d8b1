import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { DomainError } from '../platform/domain-error.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { FormField } from '../program/form-field.api.js';
import { leadFormCss } from './lead-form.css.js';
import { formSections } from './lead-form-fields.js';
import { leadFormPage } from './lead-form.html.js';
import { messagePage } from './lead-form-page.html.js';
import { receiptPage } from './lead-form-receipt.html.js';
import { parseForm, typedValues } from './lead-form.js';
import { shownStatus } from './registration.js';
import { lockSubmission } from './prospect.store.js';
import { findBySubmissionToken } from './registration.store.js';
import type { Introducer, SubmitRegistration } from './submit-registration.handler.js';

/** The partner behind a personal link. */
export interface LinkedPartner extends Introducer {
  readonly name: string;
}

/** What the program's settings make of the form. */
export interface FormWording {
  readonly programName: string;
  readonly attestation: string;
  readonly formFields: readonly FormField[];
}

export interface LeadFormDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly submit: SubmitRegistration;
  readonly partnerByToken: (token: string) => Promise<LinkedPartner | null>;
  readonly wording: () => Promise<FormWording>;
}

/** Whichever case it comes back in, it is the same page that was sent. */
const submissionToken = z.uuid().toLowerCase();
/** Far more than fits the fields: who pastes too much is shown it again, with the error beside the field. */
const formBytes = 1024 * 1024;

/**
 * The hosted form at a partner's personal link, `/r/{token}`. The page carries a token of its own: sending it twice registers
 * once, and the receipt is found under it and nowhere else.
 */
export function leadFormRouter(deps: LeadFormDependencies): Router {
  const router = express.Router();
  router.get('/style.css', (_request, response) => {
    response.type('text/css').set('Cache-Control', 'public, max-age=3600').send(leadFormCss);
  });
  router.get('/:token', async (request, response) => {
    const partner = await deps.partnerByToken(request.params.token);
    if (partner === null) {
      unknownLink(response);
      return;
    }
    await sendForm(deps, response, partner, { status: 200, token: randomUUID(), values: {}, errors: {} });
  });
  router.post('/:token', express.urlencoded({ extended: false, limit: formBytes }), async (request, response) => {
    const partner = await deps.partnerByToken(request.params.token);
    if (partner === null) {
      unknownLink(response);
      return;
    }
    await receive(deps, response, partner, request.params.token, request.body);
  });
  router.get('/:token/receipts/:submission', async (request, response) => {
    const partner = await deps.partnerByToken(request.params.token);
    const token = submissionToken.safeParse(request.params.submission);
    const registration =
      partner && token.success ? await findBySubmissionToken(deps.db, partner.id, token.data) : undefined;
    if (registration === undefined) {
      unknownLink(response);
      return;
    }
    const { programName } = await deps.wording();
    send(
      response,
      200,
      receiptPage({
        programName,
        companyName: registration.company_name,
        dealName: registration.deal_name,
        product: registration.product === '' ? null : registration.product,
        status: shownStatus(registration.status, registration.outcome),
        availability: registration.availability,
        protectedUntil: registration.protected_until,
        formAddress: `/r/${request.params.token}`,
        receipt: registration.receipt,
      }),
    );
  });
  return router;
}

async function receive(
  deps: LeadFormDependencies,
  response: Response,
  partner: LinkedPartner,
  linkToken: string,
  body: unknown,
): Promise<void> {
  const { formFields } = await deps.wording();
  const values = typedValues(body, formFields);
  const given = submissionToken.safeParse((body as Readonly<Record<string, unknown>> | undefined)?.['submission']);
  const token = given.success ? given.data : randomUUID();
  const parsed = parseForm(values, formFields);
  if (parsed.kind === 'invalid') {
    return sendForm(deps, response, partner, { status: 422, token, values, errors: parsed.errors });
  }
  try {
    await deps.transact(async (uow) => {
      // A page sent twice at once: the second waits here and then finds the registration of the first.
      await lockSubmission(uow.trx, token);
      if ((await findBySubmissionToken(uow.trx, partner.id, token)) !== undefined) return;
      const actor = { kind: 'partner', partnerId: partner.id, keyId: null } as const;
      await deps.submit(uow, parsed.submission, { partner, actor, source: 'form', submissionToken: token });
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return sendForm(deps, response, partner, { status: 429, token, values, errors: { 'company.name': error.message } });
  }
  response.redirect(303, `/r/${linkToken}/receipts/${token}`);
}

interface FormAnswer {
  readonly status: number;
  readonly token: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

async function sendForm(
  deps: LeadFormDependencies,
  response: Response,
  partner: LinkedPartner,
  answer: FormAnswer,
): Promise<void> {
  const { programName, attestation, formFields } = await deps.wording();
  const page = leadFormPage({
    partnerName: partner.name,
    programName,
    attestation,
    submissionToken: answer.token,
    sections: formSections(formFields),
    values: answer.values,
    errors: answer.errors,
  });
  send(response, answer.status, page);
}

function unknownLink(response: Response): void {
  send(response, 404, messagePage('Unknown link', 'This link is not, or no longer, a partner’s registration link.'));
}

function send(response: Response, status: number, html: string): void {
  // The address holds the partner's personal link: it must not travel to other sites or lie in shared caches.
  response
    .status(status)
    .type('text/html')
    .set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    .send(html);
}
