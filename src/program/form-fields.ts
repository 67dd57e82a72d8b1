import type { FormField, ShownFormField } from './form-field.api.js';
import type { ConnectedCrm, RecordsFault } from './new-records.js';

/** A field of the CRM. */
export type CrmPlace = NonNullable<FormField['crm']>[number];
/** A field of the CRM whose choices are offered in the form. */
export type ChoicePlace = NonNullable<FormField['choicesFrom']>;

/** What the CRM offered there when it was read last. */
export interface ReadChoices extends ChoicePlace {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly readAt: Date;
}

/** What of the form's fields no connection could take, or tell the choices of. */
export function faultsOfFormFields(
  fields: readonly FormField[],
  connections: readonly ConnectedCrm[],
): readonly RecordsFault[] {
  return fields.flatMap(({ crm = [], choicesFrom }, index) => {
    const at = `formFields[${String(index)}]`;
    return [
      ...crm.flatMap((place, number) => faultsOfPlace(`${at}.crm[${String(number)}]`, place, connections)),
      ...(choicesFrom === undefined ? [] : faultsOfPlace(`${at}.choicesFrom`, choicesFrom, connections)),
    ];
  });
}

function faultsOfPlace(
  at: string,
  { connection: id, record }: CrmPlace,
  connections: readonly ConnectedCrm[],
): readonly RecordsFault[] {
  const known = connections.map((one) => one.id);
  const connection = connections.find((one) => one.id === id);
  if (connection === undefined) {
    const expected = known.length === 0 ? 'nothing, as no CRM is connected' : `one of ${known.join(', ')}`;
    return [{ field: `${at}.connection`, value: id, expected }];
  }
  if (record !== 'lead' || connection.hasLeads) return [];
  return [{ field: `${at}.record`, value: record, expected: 'deal, company or contact, as this CRM has no leads' }];
}

/** The places that choices are to be read from, each once. */
export function choicePlaces(fields: readonly FormField[]): readonly ChoicePlace[] {
  const places = fields.flatMap(({ choicesFrom }) => choicesFrom ?? []);
  return places.filter((place, index) => places.findIndex((other) => isSamePlace(other, place)) === index);
}

export function isSamePlace(a: ChoicePlace, b: ChoicePlace): boolean {
  return a.connection === b.connection && a.record === b.record && a.field === b.field;
}

/**
 * The fields as the form asks them: with the choices that were read. A question whose choices nobody knows is not asked, required or
 * not, as whoever fills in the form could not answer it and the lead would be lost.
 */
export function askedFields(fields: readonly FormField[], read: readonly ReadChoices[]): readonly FormField[] {
  return fields.flatMap((field): readonly FormField[] => {
    const { choicesFrom } = field;
    if (choicesFrom === undefined) return [field];
    const choices = read.find((one) => isSamePlace(one, choicesFrom))?.choices ?? [];
    return choices.length === 0 ? [] : [{ ...field, choices: [...choices] }];
  });
}

/** The fields as whoever fills them in sees them: not where the answers go. */
export function shownFormFields(fields: readonly FormField[]): ShownFormField[] {
  return fields.map(({ name, type, label, help = null, required = false, choices = [] }) => ({
    name,
    type,
    label,
    help,
    required,
    choices: choices.map((choice) => ({ value: choice.value, label: choice.label ?? choice.value })),
  }));
}
