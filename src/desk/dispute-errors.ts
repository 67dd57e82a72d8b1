import { DomainError, fieldFault } from '../platform/domain-error.js';

/** No such dispute, or not the asker's. */
export class DisputeNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'dispute-not-found', message: `There is no dispute ${id}.` });
  }
}

/** It is settled, by somebody who was faster or long ago. */
export class DisputeSettled extends DomainError {
  constructor(settled: { readonly status: string; readonly by: string; readonly at: Date }) {
    const { status, by, at } = settled;
    const message = `This dispute was ${status} by ${by} at ${at.toISOString()}. Nothing was changed.`;
    super({ kind: 'conflict', code: 'dispute-settled', message });
  }
}

/** One at a time about each thing. */
export class DisputeOpenAlready extends DomainError {
  constructor(id: string) {
    const message = `You dispute this already (${id}). Write there what is to be added.`;
    super({ kind: 'conflict', code: 'dispute-open-already', message });
  }
}

/** What is disputed is none of the partner's, or what an outcome points to is none of the partner's decisions. */
export class DisputeRefused extends DomainError {
  constructor(field: string, value: string, expected: string) {
    const fault = fieldFault(field, value, expected);
    super({ kind: 'invalid', code: 'dispute-refused', message: fault.message, errors: [fault] });
  }
}
