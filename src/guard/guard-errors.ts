import { DomainError, fieldFault } from '../platform/domain-error.js';

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

/** No such win. */
export class MissingCommissionNotFound extends DomainError {
  constructor(id: string) {
    super({
      kind: 'not-found',
      code: 'missing-commission-not-found',
      message: `There is no missing commission ${id}.`,
    });
  }
}

/** Somebody else decided, or the facts did. */
export class MissingCommissionDecided extends DomainError {
  constructor(id: string, status: string) {
    super({
      kind: 'conflict',
      code: 'missing-commission-decided',
      message: `The missing commission ${id} is ${status} already; only an open one can be decided on.`,
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

/** What was pasted shows no deal of a CRM we know. */
export class AddressUnreadable extends DomainError {
  constructor(address: string) {
    const fault = fieldFault(
      'address',
      address.slice(0, 200),
      'the address of a deal in HubSpot or an opportunity in Salesforce',
    );
    super({ kind: 'invalid', code: 'crm-address-unreadable', message: fault.message, errors: [fault] });
  }
}

/** It shows a deal, but of another CRM or account than the registration is in. */
export class AddressElsewhere extends DomainError {
  constructor(address: string) {
    const fault = fieldFault(
      'address',
      address.slice(0, 200),
      'an address of the CRM account that the registration is in',
    );
    super({ kind: 'invalid', code: 'crm-address-elsewhere', message: fault.message, errors: [fault] });
  }
}

/** Before it is in the CRM there is no link to move; approving it onto a deal is what is meant. */
export class NotInCrmYet extends DomainError {
  constructor(id: string) {
    super({
      kind: 'conflict',
      code: 'registration-not-in-crm',
      message: `The registration ${id} is not in the CRM yet; once it is, it can be given another deal.`,
    });
  }
}

/** Nobody has answered it, so there is nothing that could be credited. */
export class RegistrationUnanswered extends DomainError {
  constructor(id: string, dealId: string) {
    super({
      kind: 'conflict',
      code: 'registration-unanswered',
      message: `The registration ${id} has no answer yet. Approve it first, best onto the deal ${dealId} itself.`,
    });
  }
}

/** Somebody else gave it another deal since it was looked at. */
export class LinkMovedMeanwhile extends DomainError {
  constructor(id: string, last: { readonly by: string; readonly at: Date } | null) {
    const who = last === null ? '' : ` ${last.by} moved it at ${last.at.toISOString()}.`;
    super({
      kind: 'conflict',
      code: 'link-moved-meanwhile',
      message: `The registration ${id} has another deal than the one you saw.${who}`,
    });
  }
}
