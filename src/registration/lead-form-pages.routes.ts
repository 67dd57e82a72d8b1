import { randomInt, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Clock } from '../platform/clock.js';
import type { DomainError } from '../platform/domain-error.js';
import type { Database } from '../platform/database.js';
import { problemFor } from '../platform/http/problem.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import type { FormField } from '../program/form-field.api.js';
import { formSections } from './lead-form-fields.js';
import { leadFormPage } from './lead-form.html.js';
import { formText, languageOf, type FormLanguage } from './form-words.js';
import { messagePage, type PageAround } from './lead-form-page.html.js';
import { receiptPage, type RegisteredNames } from './lead-form-receipt.html.js';
import { largestNumber, newChallenge, type SentPage } from './proof-of-work.js';
import { shownStatus } from './registration.js';
import type { RegistrationRow } from './registration.store.js';
import type { Introducer, SubmitRegistration } from './submit-registration.handler.js';
import type { UnconfirmedDependencies } from './unconfirmed.handler.js';

/** The partner behind a personal link. */
export interface LinkedPartner extends Introducer {
  readonly name: string;
  readonly personal_token: string;
}

/** What the program's settings make of the form. */
export interface FormWording {
  readonly programName: string;
  readonly attestation: string;
  readonly formFields: readonly FormField[];
  /** Origins of the sites that may show the form in a frame. */
  readonly embedOrigins: readonly string[];
}

/** Where the form stands: at the personal link, or in a frame on a site of the vendor's. */
export interface Door {
  readonly base: '/r' | '/embed';
  readonly isFramed: boolean;
}

export interface LeadFormDependencies extends UnconfirmedDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly submit: SubmitRegistration;
  readonly partnerByToken: (token: string) => Promise<LinkedPartner | null>;
  readonly partnerById: (id: string) => Promise<LinkedPartner | null>;
  readonly wording: () => Promise<FormWording>;
  readonly door: Door;
  /** What challenges are signed with. */
  readonly proofKey: string;
  /** Whether one more form without the check against robots is taken from where this request comes from. */
  readonly mayHold: (request: Request) => Promise<boolean>;
  /** Throws where the partner is to accept an agreement first. */
  readonly refuseWithoutAgreement: (uow: UnitOfWork, partnerId: string) => Promise<void>;
  readonly clock: Clock;
}

/** Far more than fits the fields: who pastes too much is shown it again, with the error beside the field. */
export const formBytes = 1024 * 1024;

/** Whichever case it comes back in, it is the same page that was sent. */
export const submissionToken = z.uuid().toLowerCase();

/** What the page that was sent carried, or what another one is to carry. */
export function tokenOf(body: Readonly<Record<string, unknown>>): string {
  const given = submissionToken.safeParse(body['submission']);
  return given.success ? given.data : randomUUID();
}

/** One request for a page, and the language it is answered in. */
export interface Visit {
  readonly request: Request;
  readonly response: Response;
  readonly language: FormLanguage;
  /** What keeps the language that was asked for, in the address of the next page; empty where the browser's own counts. */
  readonly query: string;
}

export function visitOf(request: Request, response: Response): Visit {
  const asked = request.query['lang'];
  const language = languageOf(asked, request.acceptsLanguages());
  return { request, response, language, query: asked === language ? `?lang=${language}` : '' };
}

/** What a solution of the page's challenge is bound to. */
export function pageOf(partner: LinkedPartner, submission: string): SentPage {
  return { partnerId: partner.id, linkToken: partner.personal_token, submission };
}

/** A form may lie open for a day. */
const challengeMs = 24 * 60 * 60 * 1000;
export function sentBy(partner: LinkedPartner, submissionToken: string) {
  const actor = { kind: 'partner', partnerId: partner.id, keyId: null } as const;
  return { partner, actor, source: 'form', submissionToken } as const;
}

interface FormAnswer {
  readonly status: number;
  readonly token: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  /** What keeps it from being taken that no field is to blame for. */
  readonly notice?: string;
}

export async function sendForm(
  deps: LeadFormDependencies,
  visit: Visit,
  partner: LinkedPartner,
  answer: FormAnswer,
): Promise<void> {
  const { programName, attestation, formFields } = await deps.wording();
  const page = leadFormPage({
    ...(await aroundPage(deps, visit)),
    partnerName: partner.name,
    programName,
    attestation,
    submissionToken: answer.token,
    challenge: newChallenge(deps.proofKey, {
      nonce: randomUUID(),
      number: randomInt(largestNumber + 1),
      page: pageOf(partner, answer.token),
      expiresAt: new Date(deps.clock.now().getTime() + challengeMs),
    }),
    sections: formSections(formFields, visit.language),
    values: answer.values,
    errors: answer.errors,
    notice: answer.notice ?? null,
  });
  send(visit, answer.status, page);
}

export async function sendReceipt(
  deps: LeadFormDependencies,
  visit: Visit,
  registration: RegistrationRow,
  formAddress: string | null,
): Promise<void> {
  const { programName } = await deps.wording();
  const page = receiptPage({
    ...(await aroundPage(deps, visit)),
    programName,
    registered: formAddress === null ? null : registeredIn(registration),
    status: shownStatus(registration.status, registration.outcome),
    availability: registration.availability,
    protectedUntil: registration.protected_until,
    formAddress,
    receipt: registration.receipt,
  });
  send(visit, 200, page);
}

function registeredIn({ company_name, deal_name, product }: RegistrationRow): RegisteredNames {
  return { companyName: company_name, dealName: deal_name, product: product === '' ? null : product };
}

/** The status of a refusal, with its header that says when to try again. */
export function refusedWith(response: Response, error: DomainError): number {
  const { status, headers } = problemFor(error);
  response.set(headers);
  return status;
}

export async function unknownLink(deps: LeadFormDependencies, visit: Visit): Promise<void> {
  await sendMessage(deps, visit, { status: 404, says: 'unknown' });
}

type Said = 'unknown' | 'mailed' | 'unmailed' | 'expired' | 'changed' | 'notNow';

/** A page that says one thing. @param says its title and its words; other words where they are given */
export async function sendMessage(
  deps: LeadFormDependencies,
  visit: Visit,
  { status, says, words }: { readonly status: number; readonly says: Said; readonly words?: string },
): Promise<void> {
  const title = formText(visit.language, `${says}.title`);
  const text = words ?? formText(visit.language, `${says}.words`);
  send(visit, status, messagePage(await aroundPage(deps, visit), title, text));
}

export async function aroundPage(deps: LeadFormDependencies, { request, language }: Visit): Promise<PageAround> {
  const hosts = deps.door.isFramed ? (await deps.wording()).embedOrigins : null;
  return { language, hosts, isSwitchable: request.method === 'GET' };
}

export function send({ response, language }: Pick<Visit, 'response' | 'language'>, status: number, html: string): void {
  // The address holds the partner's personal link: it must not travel to other sites or lie in shared caches.
  response
    .status(status)
    .type('text/html')
    .set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'Content-Language': language,
      Vary: 'Accept-Language',
    })
    .send(html);
}
