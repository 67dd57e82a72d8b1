/**
 * Kind of the work that shows reps in the CRM what became of a registration; done by the rep view stage. Key: our deal id, or the
 * id of a registration that has no deal yet.
 */
export const writeBackWork = 'write-back';
