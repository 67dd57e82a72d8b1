import { CrmRateLimited, type CrmFailure, type RecordKind } from '../../connectors/contract.js';
import { DomainError, fieldFault } from '../platform/domain-error.js';

export class ConnectionUnknown extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'connection-not-found', message: `There is no connection ${id}.` });
  }
}

export class NoSuchRecords extends DomainError {
  constructor(record: RecordKind) {
    super({
      kind: 'invalid',
      code: 'crm-records-unknown',
      message: `The CRM has no ${record} records, or does not show them to us.`,
      errors: [fieldFault('record', record, 'records that this CRM has')],
    });
  }
}

const longestWaitSeconds = 3_600;

/** The CRM is away, slow or asks for patience: the same call may succeed later. */
export class CrmDoesNotAnswer extends DomainError {
  constructor(failure: CrmFailure) {
    const waitMs = failure instanceof CrmRateLimited ? failure.retryAfterMs : 1_000;
    super({
      kind: 'unavailable',
      code: 'crm-does-not-answer',
      message: `The CRM could not be asked: ${failure.vendorMessage}`,
      retryAfterSeconds: Math.min(longestWaitSeconds, Math.max(1, Math.ceil(waitMs / 1_000))),
      cause: failure,
    });
  }
}

/** The CRM answers, and a person has to mend something there before it does. */
export class CrmRefusesToTell extends DomainError {
  constructor(failure: CrmFailure) {
    super({
      kind: 'upstream',
      code: 'crm-refuses',
      message: `The CRM refused: ${failure.vendorMessage}`,
      cause: failure,
    });
  }
}
