import type { Account } from '../account/account.js';
import { ApiFault, validationError } from '../account/api-fault.js';
import { writtenJson } from '../account/record-json.js';
import type { PreparedWrite } from '../account/write-record.js';
import type { ApiReply } from './api-route.js';
import type { BatchError } from './batch-reply.js';
import { batchError, batchReply } from './batch-reply.js';

interface BatchInput {
  readonly objectWriteTraceId?: string | undefined;
}

interface CheckedInput {
  readonly write: PreparedWrite;
  /** Shown as `new` in the answer of an upsert. */
  readonly isNew?: boolean;
}

export interface BatchWrite<T extends BatchInput> {
  readonly inputs: readonly T[];
  /** Checks one input. @throws ApiFault when it cannot be written. */
  readonly prepare: (input: T) => CheckedInput;
  readonly success: 200 | 201;
  /** What was found wrong before any input was looked at. */
  readonly errors?: readonly BatchError[];
}

/**
 * Runs a batch of writes. Partial success is opt-in: only when every input carries a trace id of its own do the good ones
 * go through beside the bad; otherwise the first bad one fails the batch before anything is written.
 * @throws ApiFault the first refusal of a batch without trace ids.
 */
export function writeBatch<T extends BatchInput>(account: Account, batch: BatchWrite<T>): ApiReply {
  const { inputs, prepare, success, errors = [] } = batch;
  const finish = (input: T, { write, isNew }: CheckedInput): unknown => ({
    ...writtenJson(account, write.commit()),
    ...(isNew === undefined ? {} : { new: isNew }),
    ...(input.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: input.objectWriteTraceId }),
  });
  const traceIds = new Set(inputs.map((input) => input.objectWriteTraceId));
  if (traceIds.has(undefined) || traceIds.size !== inputs.length) {
    const checked = inputs.map((input) => [input, prepare(input)] as const);
    return batchReply(account, { results: checked.map((each) => finish(...each)), errors }, success);
  }
  const results: unknown[] = [];
  const refused: BatchError[] = [];
  for (const input of inputs) {
    try {
      results.push(finish(input, prepare(input)));
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      refused.push(batchError(error, { objectWriteTraceId: [input.objectWriteTraceId ?? ''] }));
    }
  }
  return batchReply(account, { results, errors: [...refused, ...errors] }, success);
}

/** A batch may not name the same thing twice: the second would not see the first. @throws ApiFault 400 */
export function refuseRepeats(keys: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const key of keys.map((each) => each.toLowerCase())) {
    if (seen.has(key))
      throw validationError(`Duplicate ${what} found in batch input: [${key}]. ${what} must be unique.`);
    seen.add(key);
  }
}
