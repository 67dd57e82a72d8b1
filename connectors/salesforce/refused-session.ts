import { UnexpectedAnswer } from './errors.js';

const unauthorised = 401;
/** 300 is "several records", 304 "not modified"; the others send us to another address. */
const redirects: readonly number[] = [301, 302, 303, 307, 308];
/** Nobody at this address serves the organisation. */
const misdirected: readonly number[] = [420, 421];
const noSuchHost: readonly unknown[] = ['ENOTFOUND', 'ECONNREFUSED'];

/** The app or the organisation forbids what we do; a new session would be refused, too (BEHAVIOR.md, "Not every 401"). */
const hopeless = ['Connected app is not attached to Agent', 'This session is not valid for use with the REST API'];

/** Whether Salesforce refused the session and would take another. */
export function isRefusedSession(error: unknown): boolean {
  if (!(error instanceof UnexpectedAnswer) || error.status !== unauthorised) return false;
  const words = JSON.stringify(error.body);
  return !hopeless.some((phrase) => words.includes(phrase));
}

/** Whether the organisation may live at another address by now; the token endpoint knows. Redirects are not followed with a token. */
export function hasMoved(error: unknown): boolean {
  if (error instanceof UnexpectedAnswer) return [...redirects, ...misdirected].includes(error.status);
  return typeof error === 'object' && error !== null && 'code' in error && noSuchHost.includes(error.code);
}
