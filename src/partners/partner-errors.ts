import { DomainError, type FieldFault } from '../platform/domain-error.js';

const mostFaults = 20;

/** No such partner, or not the asker itself: the two look the same. */
export class PartnerNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'partner-not-found', message: `There is no partner ${id}.` });
  }
}

export class PartnerEmailTaken extends DomainError {
  constructor(email: string) {
    const message = 'Another partner has this e-mail address already.';
    super({
      kind: 'conflict',
      code: 'partner-email-taken',
      message,
      errors: [{ field: 'email', value: email, expected: 'an address that no other partner has', message }],
    });
  }
}

export class RecruiterUnknown extends DomainError {
  constructor(recruitedBy: string) {
    const message = `There is no partner ${recruitedBy} who could have recruited this one.`;
    super({
      kind: 'invalid',
      code: 'recruiter-unknown',
      message,
      errors: [{ field: 'recruitedBy', value: recruitedBy, expected: 'the id of a partner', message }],
    });
  }
}

/** Overrides would go round in a circle. */
export class RecruiterLoop extends DomainError {
  constructor(partnerId: string, recruitedBy: string) {
    const message = `Partner ${recruitedBy} was recruited by ${partnerId}, itself or over others.`;
    super({
      kind: 'invalid',
      code: 'recruiter-loop',
      message,
      errors: [
        { field: 'recruitedBy', value: recruitedBy, expected: 'a partner that this one did not recruit', message },
      ],
    });
  }
}

/** Figures about partners that there are not; nothing of the report was recorded. */
export class MetricsRefused extends DomainError {
  constructor(faults: readonly FieldFault[]) {
    const errors = faults.slice(0, mostFaults);
    const left = faults.length - errors.length;
    const more = left > 0 ? ` And ${String(left)} more.` : '';
    super({
      kind: 'invalid',
      code: 'metrics-refused',
      message: `Nothing was recorded: ${errors.map(({ message }) => message).join(' ')}${more}`,
      errors,
    });
  }
}
