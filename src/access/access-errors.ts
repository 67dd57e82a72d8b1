import { DomainError } from '../platform/domain-error.js';

/** No such key, or none of this partner. */
export class ApiKeyNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'api-key-not-found', message: `There is no API key ${id}.` });
  }
}

/** A key cannot give what it lacks itself. */
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
