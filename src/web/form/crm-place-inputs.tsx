import { NativeSelect, SimpleGrid, Stack } from '@mantine/core';
import type { Connection, CrmField } from '../api/shapes.js';
import { CannotAsk } from '../mapping/cannot-ask.js';
import { CrmFieldInput } from '../mapping/crm-field-input.js';
import { recordKinds, useCrmFields, type RecordKind } from '../mapping/crm-lists.js';
import { useWords } from '../words/use-words.js';
import type { Place } from './form-draft.js';

interface CrmPlaceInputsProps {
  readonly place: Place;
  readonly connections: readonly Connection[];
  readonly fits: (field: CrmField) => boolean;
  readonly error: string | undefined;
  readonly onChange: (place: Place, field: CrmField | undefined) => void;
}

/** A field of a connected CRM: where, of which records, and which. */
export function CrmPlaceInputs({ place, connections, fits, error, onChange }: CrmPlaceInputsProps) {
  const { say, sayOf } = useWords();
  const fields = useCrmFields(place.connection, place.record);
  const crm = connections.find(({ id }) => id === place.connection)?.crm;
  const isKnown = connections.some(({ id }) => id === place.connection);
  const kinds = recordKinds.filter((kind) => kind !== 'lead' || crm !== 'hubspot' || place.record === 'lead');
  return (
    <Stack gap="xs">
      <CannotAsk list={fields} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(connections.length > 1 || !isKnown) && (
          <NativeSelect
            label={say('mapping.connection')}
            data={[
              ...(isKnown ? [] : [{ value: place.connection, label: say('mapping.gone', { name: place.connection }) }]),
              ...connections.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={place.connection}
            onChange={(event) => onChange({ ...place, connection: event.currentTarget.value, field: '' }, undefined)}
          />
        )}
        <NativeSelect
          label={say('formPage.record')}
          data={kinds.map((kind) => ({ value: kind, label: sayOf('recordKind', kind) }))}
          value={place.record}
          onChange={(event) =>
            onChange({ ...place, record: event.currentTarget.value as RecordKind, field: '' }, undefined)
          }
        />
        <CrmFieldInput
          label={say('mapping.crmField')}
          value={place.field}
          list={fields}
          fits={fits}
          error={error}
          onChange={(field) =>
            onChange(
              { ...place, field },
              fields.data?.fields.find(({ name }) => name === field),
            )
          }
        />
      </SimpleGrid>
    </Stack>
  );
}
