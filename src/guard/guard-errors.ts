import { DomainError } from '../platform/domain-error.js';

/** No such proposal. */
export class LinkProposalNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'link-proposal-not-found', message: `There is no link proposal ${id}.` });
  }
}

/** Somebody else decided, or the facts did. */
export class LinkProposalDecided extends DomainError {
  constructor(id: string, status: string) {
    super({
      kind: 'conflict',
      code: 'link-proposal-decided',
      message: `The link proposal ${id} is ${status} already; only an open one can be decided on.`,
    });
  }
}

/** The registration has ended: no deal can be given to it. */
export class RegistrationEnded extends DomainError {
  constructor(id: string, status: string) {
    super({
      kind: 'conflict',
      code: 'registration-ended',
      message: `The registration ${id} is ${status}; only one that is approved, or ran out undecided, can be given a deal.`,
    });
  }
}

/** A deal belongs to one registration at a time. */
export class DealOfAnother extends DomainError {
  constructor(dealId: string) {
    super({
      kind: 'conflict',
      code: 'deal-of-another-registration',
      message: `The deal ${dealId} belongs to another registration that stands.`,
    });
  }
}
