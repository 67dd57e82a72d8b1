import { DomainError, type FieldFault } from '../platform/domain-error.js';
import type { Period } from '../program/calendar.js';

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

/** A statement was asked for of a month that has not begun in the program's time zone. */
export class PeriodNotBegun extends DomainError {
  constructor(period: Period, running: Period) {
    const message = `${period} has not begun; the running month is ${running}.`;
    super({
      kind: 'invalid',
      code: 'period-not-begun',
      message,
      errors: [{ field: 'period', value: period, expected: `a month up to the running one, ${running}`, message }],
    });
  }
}
