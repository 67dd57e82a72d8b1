import type { FormField, ShownFormField } from './form-field.api.js';
import type { ConnectedCrm, RecordsFault } from './new-records.js';

/** What of the form's fields no connection could take. */
export function faultsOfFormFields(
  fields: readonly FormField[],
  connections: readonly ConnectedCrm[],
): readonly RecordsFault[] {
  const known = connections.map(({ id }) => id);
  return fields.flatMap(({ crm = [] }, index) =>
    crm.flatMap(({ connection: id, record }, place): readonly RecordsFault[] => {
      const at = `formFields[${String(index)}].crm[${String(place)}]`;
      const connection = connections.find((one) => one.id === id);
      if (connection === undefined) {
        const expected = known.length === 0 ? 'nothing, as no CRM is connected' : `one of ${known.join(', ')}`;
        return [{ field: `${at}.connection`, value: id, expected }];
      }
      if (record !== 'lead' || connection.hasLeads) return [];
      return [{ field: `${at}.record`, value: record, expected: 'deal, company or contact, as this CRM has no leads' }];
    }),
  );
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
