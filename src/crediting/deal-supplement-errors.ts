import { DomainError, type FieldFault } from '../platform/domain-error.js';

const mostFaults = 20;

/** No such deal of ours. */
export class DealNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'deal-not-found', message: `There is no deal ${id}.` });
  }
}

/** Something about deals cannot be recorded, and nothing of the report was; each fault names its field. */
export class SupplementRefused extends DomainError {
  constructor(faults: readonly FieldFault[]) {
    const errors = faults.slice(0, mostFaults);
    const left = faults.length - errors.length;
    const more = left > 0 ? ` And ${String(left)} more.` : '';
    super({
      kind: 'invalid',
      code: 'deal-supplement-refused',
      message: `Nothing was recorded: ${errors.map(({ message }) => message).join(' ')}${more}`,
      errors,
    });
  }
}
