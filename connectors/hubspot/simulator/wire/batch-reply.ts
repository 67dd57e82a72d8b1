import type { Account } from '../account/account.js';
import { ApiFault } from '../account/api-fault.js';
import type { ApiReply } from './api-route.js';

/** One failed part of a batch. */
export interface BatchError {
  readonly status: 'error';
  readonly category: string;
  readonly message: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly errors?: unknown;
}

export interface BatchOutcome {
  readonly results: readonly unknown[];
  readonly errors: readonly BatchError[];
}

/** The refusal of one input. Its trace id, if it had one, says which input it was. */
export function batchError(fault: ApiFault, context: Readonly<Record<string, readonly string[]>>): BatchError {
  const { errors } = fault.details;
  return {
    status: 'error',
    category: fault.category,
    message: fault.message,
    context,
    ...(errors === undefined ? {} : { errors }),
  };
}

/** The envelope of every batch: 207 as soon as one part failed, else `success`. */
export function batchReply(account: Account, { results, errors }: BatchOutcome, success: 200 | 201): ApiReply {
  const at = new Date(account.now()).toISOString();
  const ordered = account.settings.reverseBatchResults ? [...results].reverse() : results;
  const envelope = { status: 'COMPLETE', results: ordered, requestedAt: at, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: success, body: envelope };
  return { status: 207, body: { ...envelope, numErrors: errors.length, errors } };
}
