import type { Reader } from '../platform/database.js';
import type { FormField } from './form-field.api.js';
import { listFormChoices } from './form-choices.store.js';
import { askedFields } from './form-fields.js';
import type { ProgramSettings } from './program.api.js';

/** The vendor's own fields as the form asks them now, whichever door it is opened by. */
export async function loadAskedFields(
  db: Reader,
  { formFields }: Pick<ProgramSettings, 'formFields'>,
): Promise<readonly FormField[]> {
  const isRead = formFields.some(({ choicesFrom }) => choicesFrom !== undefined);
  return isRead ? askedFields(formFields, await listFormChoices(db)) : formFields;
}
