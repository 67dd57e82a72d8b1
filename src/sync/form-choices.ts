import type { CrmChoice, CrmField } from '../../connectors/contract.js';
import type { FormField } from '../program/form-field.api.js';
import { isSamePlace, type ChoicePlace } from '../program/form-fields.js';

/** What came of reading the choices of one field of the CRM. */
export type ChoicesRead =
  | { readonly kind: 'read'; readonly place: ChoicePlace; readonly choices: readonly CrmChoice[] }
  /** The list that was read before stays. `why`: half a sentence about the field. */
  | { readonly kind: 'unread'; readonly place: ChoicePlace; readonly why: string };

/** More than anybody looks through; a field with more is one for free text. */
const mostChoices = 1_000;
const longestValue = 200;

/** @param fields the fields of that kind of record; null where the CRM has none such, or hides them */
export function choicesAt(place: ChoicePlace, fields: readonly CrmField[] | null): ChoicesRead {
  const unread = (why: string): ChoicesRead => ({ kind: 'unread', place, why });
  if (fields === null) return unread(`the CRM has no ${place.record} records, or does not show them to us`);
  const field = fields.find(({ name }) => name.toLowerCase() === place.field.toLowerCase());
  if (field === undefined) return unread(`the CRM has no field ${place.field} on ${place.record} records`);
  if (field.type !== 'choice' && field.type !== 'choices' && field.type !== 'boolean') {
    return unread(`the field ${place.field} of ${place.record} records is one of ${field.type}, not of choices`);
  }
  const choices = field.choices.filter(isOffered).slice(0, mostChoices);
  if (choices.length === 0) return unread(`the field ${place.field} of ${place.record} records has nothing to choose`);
  return { kind: 'read', place, choices };
}

/** CRMs hold several choices as one text with semicolons between them, and the database keeps no NUL. */
function isOffered({ value }: CrmChoice): boolean {
  return value.trim() !== '' && value.length <= longestValue && !/[;\0]/.test(value);
}

/** What the form lacks, for whoever runs the program: a sentence for each question that is concerned. */
export function missingChoices(
  fields: readonly FormField[],
  unread: readonly { readonly place: ChoicePlace; readonly why: string }[],
  isKnown: (place: ChoicePlace) => boolean,
): readonly string[] {
  return fields.flatMap(({ label, choicesFrom, required = false }) => {
    const found = choicesFrom && unread.find(({ place }) => isSamePlace(place, choicesFrom));
    if (found === undefined) return [];
    const consequence = isKnown(found.place)
      ? 'goes on offering what was read last'
      : `is not asked${required ? ', although it is required,' : ''} until its choices were read`;
    return [`The question “${label}” ${consequence}: ${found.why}.`];
  });
}
