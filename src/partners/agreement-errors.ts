import { DomainError, fieldFault } from '../platform/domain-error.js';

export class AgreementNotFound extends DomainError {
  constructor(version: string) {
    super({
      kind: 'not-found',
      code: 'agreement-not-found',
      message: `There is no version ${version} of the agreement.`,
    });
  }
}

/** Somebody else published meanwhile. */
export class AgreementOvertaken extends DomainError {
  constructor(latest: { readonly version: number; readonly by: string; readonly at: Date }) {
    const { version, by, at } = latest;
    const message = `${by} published version ${String(version)} at ${at.toISOString()}. Read it, and publish after it.`;
    super({ kind: 'conflict', code: 'agreement-overtaken', message });
  }
}

/** What was read is not what is in force now. */
export class AgreementMoved extends DomainError {
  constructor(current: number | null) {
    const message =
      current === null
        ? 'There is no agreement to accept.'
        : `Version ${String(current)} is in force now. Read it, and accept that.`;
    super({ kind: 'conflict', code: 'agreement-moved', message });
  }
}

/** Versions hold one after the other. */
export class AgreementTooEarly extends DomainError {
  constructor(given: string, earliest: string) {
    const fault = fieldFault('effectiveFrom', given, `${earliest} or later`);
    super({ kind: 'invalid', code: 'agreement-too-early', message: fault.message, errors: [fault] });
  }
}

/** Only a person who is an owner binds the company; its program does not. */
export class OwnerMustAccept extends DomainError {
  constructor() {
    const message = 'Only an owner of the partner, signed in as a person, accepts the agreement.';
    super({ kind: 'forbidden', code: 'agreement-owners-only', message });
  }
}

/** The program takes registrations only from partners who accepted. */
export class AgreementNotAccepted extends DomainError {
  constructor(url: string) {
    const message = `The partner agreement is to be accepted first. An owner of the partner does so at ${url}`;
    super({ kind: 'forbidden', code: 'agreement-not-accepted', message });
  }
}
