/** An entry that is not declared or does not balance was about to be booked. The fault is in the code that made it. */
export class IllegalEntry extends Error {
  override readonly name = 'IllegalEntry';
}

/**
 * Somebody else booked an entry under the same idempotency key first. The transaction is lost; run again, it finds that entry
 * and has nothing left to book.
 */
export class EntryAlreadyBooked extends Error {
  override readonly name = 'EntryAlreadyBooked';
}
