import { DomainError } from '../platform/domain-error.js';

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
