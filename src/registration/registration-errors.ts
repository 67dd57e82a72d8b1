import { DomainError, fieldFault, type FieldFault } from '../platform/domain-error.js';
import type { RegistrationAction, RegistrationStatus } from './registration.js';

/** No such registration, or not the asker's: the two look the same. */
export class RegistrationNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'registration-not-found', message: `There is no registration ${id}.` });
  }
}

/** The action does not fit the status the registration is in. */
export class TransitionRefused extends DomainError {
  /** @param last who made it what it is, and when; null where that is not the caller's to know */
  constructor(id: string, status: RegistrationStatus, { action, allowedFrom, last }: RefusedAction) {
    const since = last === null ? '' : ` ${last.by} made it so at ${last.at.toISOString()}.`;
    super({
      kind: 'conflict',
      code: 'registration-status',
      message: `Registration ${id} is ${status}: ${action} is possible only when it is ${allowedFrom.join(' or ')}.${since}`,
    });
  }
}

interface RefusedAction {
  readonly action: RegistrationAction;
  readonly allowedFrom: readonly RegistrationStatus[];
  readonly last: { readonly by: string; readonly at: Date } | null;
}

/** A returned registration was sent back for another company or product, which would keep a place it never had. */
export class AnotherProspect extends DomainError {
  constructor(id: string) {
    super({
      kind: 'conflict',
      code: 'another-prospect',
      message:
        `Registration ${id} keeps its first submission time, so it must stay about the same company and product. ` +
        'Withdraw it and register the other one anew.',
    });
  }
}

/** Approval named a deal we do not know. */
export class UnknownDeal extends DomainError {
  constructor(dealId: string) {
    super({
      kind: 'invalid',
      code: 'deal-unknown',
      message: `There is no deal ${dealId}.`,
      errors: [
        {
          field: 'dealId',
          value: dealId,
          expected: 'the id of a deal, as the conflicts of the registration name it',
          message: `There is no deal ${dealId}.`,
        },
      ],
    });
  }
}

/** Approval named a deal that is lost, or no longer in the CRM: nothing can be won with it. */
export class DealEnded extends DomainError {
  constructor(dealId: string) {
    super({
      kind: 'conflict',
      code: 'deal-ended',
      message: `Deal ${dealId} is lost or no longer in the CRM. Approve without dealId, and a new deal is made.`,
    });
  }
}

/** Nobody becomes the introducer of a deal after leaving the program. */
export class IntroducerLeft extends DomainError {
  constructor(registrationId: string, partnerId: string) {
    super({
      kind: 'conflict',
      code: 'introducer-left',
      message: `Registration ${registrationId} is of partner ${partnerId}, which is inactive. Make the partner active first, or reject it.`,
    });
  }
}

/** The extension was asked for after protection had ended. */
export class ExtensionTooLate extends DomainError {
  constructor(id: string, protectedUntil: string) {
    super({
      kind: 'conflict',
      code: 'extension-too-late',
      message: `Protection of registration ${id} ended on ${protectedUntil}; an extension must be asked for before that.`,
    });
  }
}

/** An operator must say for which partner it registers. */
export class PartnerNotNamed extends DomainError {
  constructor(partnerId: string | undefined) {
    super({
      kind: 'invalid',
      code: 'partner-unknown',
      message: partnerId === undefined ? 'partnerId is missing.' : `There is no active partner ${partnerId}.`,
      errors: [
        {
          field: 'partnerId',
          value: partnerId,
          expected: 'the id of an active partner',
          message: 'An operator registers in the name of a partner.',
        },
      ],
    });
  }
}

/** The key is that of a partner who takes no part in the program any more. */
export class PartnerInactive extends DomainError {
  constructor(partnerId: string) {
    super({
      kind: 'forbidden',
      code: 'partner-inactive',
      message: `Partner ${partnerId} is inactive and can register nothing new. What it registered before can still be read.`,
    });
  }
}

/** The partner was told "not free" too often: somebody may be probing what is in the CRM. */
export class ProbingLimited extends DomainError {
  constructor(partnerId: string, allowed: number) {
    super({
      kind: 'too-many',
      code: 'probing-limited',
      message: `Partner ${partnerId} registered ${allowed} companies within a day that were not free. Try again tomorrow.`,
      retryAfterSeconds: 24 * 3600,
    });
  }
}

/** It is said to repeat a registration that there is not, or itself. */
export class UnknownOriginal extends DomainError {
  constructor(duplicateOf: string) {
    super({
      kind: 'invalid',
      code: 'original-unknown',
      message: `There is no other registration ${duplicateOf}.`,
      errors: [fieldFault('duplicateOf', duplicateOf, 'the id of another registration')],
    });
  }
}

/** Links to confirm were mailed to one address too often: somebody may be annoying whoever reads there. */
export class ConfirmationsLimited extends DomainError {
  constructor(allowed: number) {
    super({
      kind: 'too-many',
      code: 'confirmations-limited',
      message: `This address was mailed ${String(allowed)} links within a day already. Follow one of them, or try again tomorrow.`,
      retryAfterSeconds: 24 * 3600,
    });
  }
}

/** More forms wait to be confirmed than people send: most of them come from a program. */
export class HeldFormsLimited extends DomainError {
  constructor() {
    super({
      kind: 'too-many',
      code: 'held-forms-limited',
      message:
        'Many forms come in just now that we confirm by mail. Try again in an hour; what you typed stays on this page.',
      retryAfterSeconds: 3600,
    });
  }
}

/** Answers to the vendor's own fields that the form does not take. */
export class FieldsUnfit extends DomainError {
  constructor(errors: readonly FieldFault[]) {
    super({
      kind: 'invalid',
      code: 'fields-unfit',
      message: errors[0]?.message ?? 'A field does not fit.',
      errors,
    });
  }
}
