import { DomainError, fieldFault } from '../platform/domain-error.js';

/** No such key, or none of this partner. */
export class ApiKeyNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'api-key-not-found', message: `There is no API key ${id}.` });
  }
}

/** Nobody gives what they lack themselves. */
export class RightsNotHeld extends DomainError {
  constructor(lacking: readonly string[]) {
    const message = `This key cannot give ${lacking.join(' and ')}, which it lacks itself.`;
    super({ kind: 'forbidden', code: 'rights-not-held', message });
  }
}

/** The key of the environment cannot be revoked here: the next start would bring it back. */
export class EnvironmentKeyKept extends DomainError {
  constructor() {
    super({
      kind: 'conflict',
      code: 'api-key-of-environment',
      message: 'This key is ADMIN_API_KEY. It is revoked by starting the service with another value.',
    });
  }
}

/** One address is one person, whether operator or at a partner. */
export class EmailTaken extends DomainError {
  constructor(email: string) {
    super({
      kind: 'conflict',
      code: 'email-taken',
      message: `Somebody signs in with ${email} already.`,
      errors: [fieldFault('email', email, 'an address with which nobody signs in')],
    });
  }
}

/** There is no such invitation, or it was accepted, withdrawn or has expired: which of these is told nobody. */
export class InvitationUnknown extends DomainError {
  constructor() {
    super({
      kind: 'not-found',
      code: 'invitation-unknown',
      message: 'This invitation does not hold, or no longer. Ask who invited you for a new one.',
    });
  }
}

/** No such person, or none the asker may know of. */
export class PersonNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'person-not-found', message: `There is no person ${id}.` });
  }
}

/** Somebody has to be able to let others in. */
export class LastAdministrator extends DomainError {
  constructor() {
    super({
      kind: 'conflict',
      code: 'last-administrator',
      message: 'This is the last administrator. Make somebody else one first.',
    });
  }
}

/** Only an owner says who else comes in for a partner. */
export class OwnersOnly extends DomainError {
  constructor() {
    super({ kind: 'forbidden', code: 'owners-only', message: 'Only an owner of the partner may do this.' });
  }
}

/** A password alone is not enough for an operator. */
export class SecondFactorMissing extends DomainError {
  constructor() {
    super({
      kind: 'forbidden',
      code: 'second-factor-missing',
      message: 'Operators sign in with a second factor. Set one up first.',
    });
  }
}
