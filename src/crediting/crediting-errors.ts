import { DomainError } from '../platform/domain-error.js';

/** No such line, or not the asker's. */
export class CommissionNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'commission-not-found', message: `There is no commission line ${id}.` });
  }
}

/** There is nothing to explain under this id, or not for this asker. */
export class WhyNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'why-not-found', message: `There is no registration or deal ${id}.` });
  }
}

/** An operator asked why about a deal without saying for which partner. */
export class PartnerNotAsked extends DomainError {
  constructor() {
    const message = 'partnerId is missing: an operator asks about one partner.';
    super({
      kind: 'malformed',
      code: 'partner-missing',
      message,
      errors: [{ field: 'partnerId', expected: 'the id of a partner', message }],
    });
  }
}

/** Working out what a deal would earn takes more than it looks. */
export class TooManyEstimates extends DomainError {
  constructor(aMinute: number) {
    super({
      kind: 'too-many',
      code: 'too-many-estimates',
      message: `At most ${String(aMinute)} estimates a minute are worked out for a partner. Try again in a minute.`,
    });
  }
}

/**
 * A deal went to another partner between looking whose it is and locking that partner's volumes. The transaction is lost; run
 * again, it finds the other partner.
 */
export class VolumesMoved extends Error {
  override readonly name = 'VolumesMoved';
}
