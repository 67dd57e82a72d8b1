import { DomainError, type FieldFault } from '../platform/domain-error.js';

const mostFaults = 20;

/** A payment cannot be recorded as it was told, and nothing of the report was; each fault names its field. */
export class CustomerPaymentRefused extends DomainError {
  constructor(faults: readonly FieldFault[]) {
    super({
      kind: 'invalid',
      code: 'customer-payment-refused',
      message: `Nothing was recorded: ${sentencesOf(faults)}`,
      errors: faults.slice(0, mostFaults),
    });
  }
}

/** A payment is recorded under this external id already, with other content. What was recorded is never changed. */
export class CustomerPaymentConflict extends DomainError {
  constructor(faults: readonly FieldFault[]) {
    super({
      kind: 'conflict',
      code: 'customer-payment-conflict',
      message: `Nothing was recorded: ${sentencesOf(faults)}`,
      errors: faults.slice(0, mostFaults),
    });
  }
}

function sentencesOf(faults: readonly FieldFault[]): string {
  const shown = faults.slice(0, mostFaults).map(({ message }) => message);
  const left = faults.length - shown.length;
  return [...shown, ...(left > 0 ? [`And ${String(left)} more.`] : [])].join(' ');
}
