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

/** What was written followed on another version than the latest: somebody stored one meanwhile. */
export class PlanMovedOn extends DomainError {
  constructor(after: string, latest: string) {
    const message = `It was to follow ${after}, and ${latest} is the latest version now. Look at what changed, and send it again after that.`;
    super({
      kind: 'conflict',
      code: 'plan-moved-on',
      message,
      errors: [{ field: 'after', value: after, expected: latest, message }],
    });
  }
}

/** No such proposal of this plan. */
export class ProposalNotFound extends DomainError {
  constructor(slug: string, id: string) {
    super({ kind: 'not-found', code: 'proposal-not-found', message: `Plan ${slug} has no proposal ${id}.` });
  }
}

/** Somebody approved or rejected it before. */
export class ProposalDecided extends DomainError {
  constructor(id: string, status: string) {
    super({ kind: 'conflict', code: 'proposal-decided', message: `Proposal ${id} is ${status} already.` });
  }
}

/** Two have to agree, and this is still the first. */
export class OwnProposal extends DomainError {
  constructor(id: string) {
    const message = `Proposal ${id} was made with this key: it must be approved with another one.`;
    super({ kind: 'forbidden', code: 'own-proposal', message });
  }
}
