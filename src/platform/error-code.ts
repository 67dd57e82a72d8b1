/**
 * Whether an error carries one of these codes, such as `ENOENT` from the system or `40001` from a database. By its code alone:
 * the classes differ between the database engines, and between Node and a test's own realm.
 */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}

/** A transaction with this code runs again from its beginning; see `createTransact`. */
export const serializationFailure = '40001';
