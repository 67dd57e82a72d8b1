import { Checkbox, NativeSelect, Stack, Text } from '@mantine/core';
import { Section } from '../parts/section.js';
import { useWords } from '../words/use-words.js';
import { recordKinds, useCrmFields } from './crm-lists.js';
import type { MappingPart } from './mapping-part.js';
import { NewRecord } from './new-record.js';

/** What registrations become in the CRM, and what the records say that are made for them. */
export function NewRecords(part: MappingPart) {
  const { say } = useWords();
  const { connection, draft, faults, onChange } = part;
  // HubSpot has no leads of the kind that are made; nothing else tells whether a CRM has them before it was asked.
  const hasLeads = connection.crm !== 'hubspot';
  const kinds = recordKinds.filter((kind) => kind !== 'lead' || hasLeads);
  const expected = faults[`newRecords.${connection.id}.registrationsBecome`];
  return (
    <Section title={say('mapping.newRecords')}>
      <Text size="sm">{say('mapping.newRecordsWords')}</Text>
      {hasLeads && (
        <NativeSelect
          label={say('mapping.become')}
          data={[
            { value: '', label: say('mapping.become.default') },
            ...(['lead', 'deal', 'deal-where-company-known'] as const).map((value) => ({
              value,
              label: say(`mapping.become.${value}`),
            })),
          ]}
          value={draft.become}
          error={expected && say('field.expected', { expected })}
          onChange={(event) => onChange({ become: event.currentTarget.value })}
        />
      )}
      <Checkbox
        label={say('mapping.allowDuplicates')}
        checked={draft.allowDuplicates}
        onChange={(event) => onChange({ allowDuplicates: event.currentTarget.checked })}
      />
      <Stack gap="lg">
        {kinds.map((kind) => (
          <OfKind key={kind} kind={kind} {...part} />
        ))}
      </Stack>
    </Section>
  );
}

function OfKind({ kind, ...part }: MappingPart & { readonly kind: (typeof recordKinds)[number] }) {
  const fields = useCrmFields(part.connection.id, kind);
  return <NewRecord kind={kind} fields={fields} {...part} />;
}
