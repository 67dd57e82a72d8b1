import { DomainError, fieldFault } from '../platform/domain-error.js';

/** No such erasure. */
export class ErasureNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'erasure-not-found', message: `There is no erasure ${id}.` });
  }
}

/** The address lets somebody in, or reaches a partner: what ends that is a decision of its own. */
export class AddressInUse extends DomainError {
  constructor(use: { readonly of: 'person' | 'partner'; readonly id: string }) {
    const expected =
      use.of === 'person'
        ? `the address of nobody who signs in: end the access of ${use.id} first`
        : `the address of no partner: give ${use.id} another address first`;
    // The address itself is not repeated: problems and logs would keep it.
    const { message } = fieldFault('email', undefined, expected);
    const errors = [{ field: 'email', expected, message: message.replace('is missing', 'is in use') }];
    super({ kind: 'conflict', code: 'address-in-use', message: errors[0]?.message ?? message, errors });
  }
}

/** The reason would keep what is erased. */
export class ReasonNamesPerson extends DomainError {
  constructor() {
    const field = 'reason';
    const expected = 'words without name, address or phone of the person, as they are kept';
    // Neither is repeated, as with the address in use.
    const message = `${field} names the person; expected ${expected}.`;
    super({ kind: 'invalid', code: 'reason-names-person', message, errors: [{ field, expected, message }] });
  }
}
