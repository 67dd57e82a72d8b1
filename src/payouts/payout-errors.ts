import { DomainError, type FieldFault } from '../platform/domain-error.js';

/** The payment cannot be recorded as it was reported, and nothing of it was; each fault names its field. */
export class PaymentRefused extends DomainError {
  constructor(faults: readonly FieldFault[]) {
    super({
      kind: 'invalid',
      code: 'payment-refused',
      message: `The payment was not recorded: ${faults.map(({ message }) => message).join(' ')}`,
      errors: faults,
    });
  }
}
