import { DomainError } from '../platform/domain-error.js';
import type { PlanFault } from './plan-faults.js';

/** The plan cannot be stored as it is: nothing was. Each fault names the field, its line, what is there and what is expected. */
export class PlanRefused extends DomainError {
  readonly faults: readonly PlanFault[];

  constructor(faults: readonly PlanFault[]) {
    super({
      kind: 'invalid',
      code: 'plan-refused',
      message: `The plan was not stored: ${faults.map(({ message }) => message).join(' ')}`,
      errors: faults.map(({ field, value, expected, message }) => ({ field, value, expected, message })),
    });
    this.faults = faults;
  }
}

/** No plan, or no such version of it. */
export class PlanNotFound extends DomainError {
  constructor(slug: string) {
    super({ kind: 'not-found', code: 'plan-not-found', message: `There is no plan ${slug}.` });
  }
}
