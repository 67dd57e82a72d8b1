import { DomainError } from '../platform/domain-error.js';

/** No such line, or not the asker's. */
export class CommissionNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'commission-not-found', message: `There is no commission line ${id}.` });
  }
}

/** There is nothing to explain under this id, or not for this asker. */
export class WhyNotFound extends DomainError {
  constructor(id: string, detail = `There is no registration or deal ${id}.`) {
    super({ kind: 'not-found', code: 'why-not-found', message: detail });
  }
}
