import { DomainError, fieldFault } from '../platform/domain-error.js';
import type { RecordsFault } from './new-records.js';

/** Somebody else changed the program since the asker read it. */
export class ProgramChangedMeanwhile extends DomainError {
  constructor(asked: number, current: number) {
    super({
      kind: 'conflict',
      code: 'program-changed-meanwhile',
      message: `You started from revision ${String(asked)}, but the program is at ${String(current)}. Read it again first.`,
    });
  }
}

export class DefaultCurrencyUnknown extends DomainError {
  constructor(defaultCurrency: string) {
    const expected = 'one of knownCurrencies, or null';
    const message = `defaultCurrency must be ${expected}.`;
    super({
      kind: 'invalid',
      code: 'default-currency-unknown',
      message,
      errors: [{ field: 'defaultCurrency', value: defaultCurrency, expected, message }],
    });
  }
}

export class RouteToNowhere extends DomainError {
  constructor(unknown: readonly { readonly index: number; readonly connection: string }[], known: readonly string[]) {
    const expected = known.length === 0 ? 'no rule, as no CRM is connected' : `one of ${known.join(', ')}`;
    super({
      kind: 'invalid',
      code: 'crm-route-unknown-connection',
      message: `crmRoutes names a connection that is not there; expected ${expected}.`,
      errors: unknown.map(({ index, connection }) =>
        fieldFault(`crmRoutes[${String(index)}].connection`, connection, expected),
      ),
    });
  }
}

/** Settings for new records that a connection could not follow. */
export class NewRecordsUnfit extends DomainError {
  constructor(faults: readonly RecordsFault[]) {
    super({
      kind: 'invalid',
      code: 'new-records-unfit',
      message: 'newRecords says what a connection cannot do.',
      errors: faults.map(({ field, value, expected }) => fieldFault(field, value, expected)),
    });
  }
}

/** Fields of the form whose answers no connection could take. */
export class FormFieldsUnfit extends DomainError {
  constructor(faults: readonly RecordsFault[]) {
    super({
      kind: 'invalid',
      code: 'form-fields-unfit',
      message: 'formFields says what a connection cannot do.',
      errors: faults.map(({ field, value, expected }) => fieldFault(field, value, expected)),
    });
  }
}
