import type { Transact } from '../platform/unit-of-work.js';
import type { Erased, ErasePerson, ErasureRequest } from './erase-person.handler.js';

/** Ends a transaction so that nothing of it stays. */
class OnlyLookedAt extends Error {
  readonly erased: Erased;

  constructor(erased: Erased) {
    super('The erasure was only looked at.');
    this.erased = erased;
  }
}

/**
 * What an erasure would do: it is carried out and taken back, so that what is shown is what happens.
 * @throws AddressInUse, ReasonNamesPerson
 */
export async function previewErasure(transact: Transact, erase: ErasePerson, request: ErasureRequest): Promise<Erased> {
  try {
    return await transact<never>(async (uow) => {
      throw new OnlyLookedAt(await erase(uow, request));
    });
  } catch (thrown) {
    if (thrown instanceof OnlyLookedAt) return thrown.erased;
    throw thrown;
  }
}
