import { DomainError, fieldFault } from '../platform/domain-error.js';

/** Only people are mailed. */
export class KeysGetNoMail extends DomainError {
  constructor() {
    super({ kind: 'forbidden', code: 'keys-get-no-mail', message: 'An API key gets no mail. Sign in as a person.' });
  }
}

/** Somebody is mailed nothing of this kind. */
export class NoMailOfThisKind extends DomainError {
  constructor(index: number, kind: string, kinds: readonly string[]) {
    const field = `off[${String(index)}]`;
    const expected = kinds.length === 0 ? 'nothing, as you get no mail that you can do without' : kinds.join(' or ');
    super({
      kind: 'invalid',
      code: 'no-mail-of-this-kind',
      message: `You are mailed nothing of the kind ${kind}.`,
      errors: [fieldFault(field, kind, expected)],
    });
  }
}
