import { DomainError } from '../platform/domain-error.js';

/** Its tokens are not kept by us alone, so they cannot be given or taken here. */
export class ConnectionFromEnvironment extends DomainError {
  constructor(id: string, remedy: string) {
    super({
      kind: 'conflict',
      code: 'connection-from-environment',
      message: `The environment of the service says how ${id} signs in, so it cannot be connected or disconnected here. ${remedy}`,
    });
  }
}

/** A program has no browser for the vendor to ask in. */
export class SignInNeedsPerson extends DomainError {
  constructor() {
    super({
      kind: 'forbidden',
      code: 'sign-in-needs-person',
      message:
        'An account is connected by a person, in the browser that the CRM asks in. Sign in as one; an API key cannot do it.',
    });
  }
}

/** Forged, used before, replaced by a later one, or too old. */
export class SignInUnknown extends DomainError {
  constructor() {
    super({
      kind: 'conflict',
      code: 'sign-in-unknown',
      message:
        'This way back from the CRM is not known, was used before or is too old. Nothing was changed: connect again.',
    });
  }
}

/** Somebody else began it, and may have been made to. */
export class SignInOfAnother extends DomainError {
  constructor() {
    super({
      kind: 'forbidden',
      code: 'sign-in-of-another',
      message:
        'Somebody else began to connect this account. Nothing was changed: who wants to connect it begins and ends it.',
    });
  }
}

/** The CRM, or the person at its page, said no. */
export class SignInRefused extends DomainError {
  constructor(words: string) {
    super({
      kind: 'conflict',
      code: 'sign-in-refused',
      message: `The CRM did not give access: ${words}. Nothing was changed.`,
    });
  }
}

/** The CRM could not be asked. */
export class SignInUnfinished extends DomainError {
  constructor(words: string) {
    super({
      kind: 'unavailable',
      code: 'sign-in-unfinished',
      message: `The CRM did not answer: ${words}. Nothing was changed: connect again.`,
    });
  }
}

/** What is linked has ids that mean nothing, or something else, in another account. */
export class OtherAccount extends DomainError {
  readonly #accounts: readonly [given: string, wanted: string];

  /** @param refusal the vendor's words where it did not revoke what it had just given */
  constructor(given: string, wanted: string, refusal: string | null = null) {
    const left =
      refusal === null
        ? ''
        : ` The CRM did not take back the access it had just given to ${given} (${refusal}): remove the app there.`;
    super({
      kind: 'conflict',
      code: 'other-account',
      message:
        `This is the account ${given}, and what is linked so far is in ${wanted}. Nothing was changed: sign in to ${wanted}; ` +
        `another account needs an installation of its own.${left}`,
    });
    this.#accounts = [given, wanted];
  }

  withRefusal(refusal: string | null): OtherAccount {
    return new OtherAccount(...this.#accounts, refusal);
  }
}

/** There is nothing to be ended, or nobody to ask. */
export class NotConnected extends DomainError {
  constructor(id: string) {
    super({ kind: 'conflict', code: 'not-connected', message: `${id} is not connected.` });
  }
}
