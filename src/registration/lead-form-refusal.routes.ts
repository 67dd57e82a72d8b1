import express, { type Request, type RequestHandler, type Response } from 'express';
import type { HttpProblem } from '../platform/http/problem.js';
import { formText, type FormWord } from './form-words.js';
import { typedValues } from './lead-form.js';
import { messagePage, sendAgainPage } from './lead-form-page.html.js';
import {
  aroundPage,
  formBytes,
  send,
  sendForm,
  tokenOf,
  visitOf,
  type LeadFormDependencies,
  type Visit,
} from './lead-form-pages.routes.js';

type Refused = (request: Request, response: Response, problem: HttpProblem) => Promise<void>;

/**
 * Answers in the look of the form what was refused before or beside it: too many requests, a body too large, a fault of ours. A form that
 * was sent comes back with what was typed, also where it was not read yet or the database does not answer.
 */
export function refusedFormPage(deps: LeadFormDependencies): Refused {
  return async (request, response, problem) => {
    const visit = visitOf(request, response);
    const body = await bodyOf(request, response);
    const words = wordsFor(visit, problem, body !== null);
    const isShown = body !== null && (await formAgain(deps, visit, { problem, body, words }));
    if (isShown) return;
    const around = await aroundPage(deps, visit).catch(() => ({
      language: visit.language,
      hosts: deps.door.isFramed ? [] : null,
    }));
    const title = formText(visit.language, `refusal.${titleOf(problem.status)}`);
    const page =
      body === null
        ? messagePage(around, title, words)
        : sendAgainPage(around, { title, words, fields: fieldsOf(body) });
    send(visit, problem.status, page);
  };
}

type Body = Readonly<Record<string, unknown>>;

interface Refusal {
  readonly problem: HttpProblem;
  readonly body: Body;
  readonly words: string;
}

/** @returns whether the form could be shown */
async function formAgain(
  deps: LeadFormDependencies,
  visit: Visit,
  { problem, body, words }: Refusal,
): Promise<boolean> {
  const path = new RegExp(`^${deps.door.base}/([\\w-]+)$`).exec(visit.request.path)?.[1];
  if (path === undefined) return false;
  try {
    const partner = await deps.partnerByToken(path);
    if (partner === null) return false;
    const { formFields } = await deps.wording();
    const answer = { status: problem.status, token: tokenOf(body), values: typedValues(body, formFields), errors: {} };
    await sendForm(deps, visit, partner, { ...answer, notice: words });
    return true;
  } catch {
    // The same fault as before, most likely. What was typed is kept without the database.
    return false;
  }
}

const readBody: RequestHandler = express.urlencoded({ extended: false, limit: formBytes });

/** What a form was sent with; null for anything else, and for what is too large to be read. */
async function bodyOf(request: Request, response: Response): Promise<Body | null> {
  if (request.method !== 'POST') return null;
  const read = await new Promise<boolean>((resolve) => {
    if (request.body !== undefined) resolve(true);
    else void readBody(request, response, (fault?: unknown) => resolve(fault === undefined));
  });
  const body: unknown = read ? request.body : undefined;
  return typeof body === 'object' && body !== null && Object.keys(body).length > 0 ? (body as Body) : null;
}

function fieldsOf(body: Body): readonly (readonly [string, string])[] {
  return Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly unknown[]) : [value]).flatMap(
      (one): readonly (readonly [string, string])[] => (typeof one === 'string' ? [[name, one]] : []),
    ),
  );
}

function titleOf(status: number) {
  if (status === 429) return 'limited.title';
  if (status === 413) return 'large.title';
  if (status === 404) return 'nothing.title';
  return status >= 500 ? 'ours.title' : 'other.title';
}

function wordsFor({ response, language }: Visit, { status }: HttpProblem, isKept: boolean): string {
  const waitSeconds = Number(response.getHeader('Retry-After') ?? 60);
  const kept = isKept ? ` ${formText(language, 'refusal.kept')}` : '';
  const word: Record<ReturnType<typeof titleOf>, FormWord> = {
    'limited.title': 'refusal.limited.words',
    'large.title': 'refusal.large.words',
    'nothing.title': 'refusal.nothing.words',
    'ours.title': 'refusal.ours.words',
    'other.title': 'refusal.other.words',
  };
  return formText(language, word[titleOf(status)], { seconds: waitSeconds }) + kept;
}
