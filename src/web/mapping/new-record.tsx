import { Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { CrmField, CrmFields } from '../api/shapes.js';
import { newIdempotencyKey } from '../api/call.js';
import { useWords } from '../words/use-words.js';
import { CrmFieldInput } from './crm-field-input.js';
import { fieldWords, type CrmList, type RecordKind } from './crm-lists.js';
import { factNames, fixedValue, rowId, type FilledField, type NewRecordDraft } from './mapping-draft.js';
import type { MappingPart } from './mapping-part.js';
import { useRowWords } from './row-words.js';

interface NewRecordProps extends MappingPart {
  readonly kind: RecordKind;
  readonly fields: CrmList<CrmFields>;
}

/** Ours are filled by us. */
const takesValue = ({ writable, ours, type }: CrmField): boolean => writable && !ours && type !== 'other';

/** What every new record of one kind says, beside what it is about. */
export function NewRecord({ kind, fields, ...part }: NewRecordProps) {
  const { say, sayOf } = useWords();
  const { connection, draft, faults, onChange } = part;
  const record = draft.records[kind];
  const set = (more: Partial<NewRecordDraft>) =>
    onChange({ records: { ...draft.records, [kind]: { ...record, ...more } } });
  const expected = faults[`newRecords.${connection.id}.${kind}.owner`];
  const unfilled = (fields.data?.fields ?? []).filter(
    (field) =>
      field.required &&
      takesValue(field) &&
      field.type !== 'reference' &&
      !isFilled(record, field) &&
      !isOurs(kind, field),
  );
  return (
    <Fieldset legend={sayOf('recordKind', kind)}>
      <Stack gap="sm">
        {unfilled.length > 0 && (
          <Text size="sm">{say('mapping.required', { fields: unfilled.map(fieldWords).join(', ') })}</Text>
        )}
        <TextInput
          label={say('mapping.owner')}
          description={say('mapping.ownerHint')}
          value={record.owner}
          error={expected && say('field.expected', { expected })}
          onChange={(event) => set({ owner: event.currentTarget.value })}
        />
        {record.filled.map((row, index) => (
          <FilledRow
            key={row.id}
            {...part}
            {...{ kind, fields, row, number: index + 1 }}
            onRow={(more) =>
              set({ filled: record.filled.map((other) => (other.id === row.id ? { ...other, ...more } : other)) })
            }
            onRemove={() => set({ filled: record.filled.filter(({ id }) => id !== row.id) })}
          />
        ))}
        <Group>
          <Button
            variant="default"
            size="xs"
            aria-label={`${say('mapping.addField')}: ${sayOf('recordKind', kind)}`}
            onClick={() =>
              set({ filled: [...record.filled, { id: newIdempotencyKey(), field: '', source: fixedValue, value: '' }] })
            }
          >
            {say('mapping.addField')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

function isFilled({ filled }: NewRecordDraft, { name }: CrmField): boolean {
  return filled.some(({ field }) => field === name);
}

/** Fields of Salesforce that every new record is given anyway; HubSpot says of none that it is required. */
const givenAnyway: Readonly<Record<RecordKind, readonly string[]>> = {
  deal: ['Name', 'StageName', 'CloseDate'],
  company: ['Name'],
  contact: ['LastName'],
  lead: ['LastName', 'Company', 'Status'],
};

function isOurs(kind: RecordKind, { name }: CrmField): boolean {
  return givenAnyway[kind].includes(name);
}

interface FilledRowProps extends NewRecordProps {
  readonly row: FilledField;
  readonly number: number;
  readonly onRow: (more: Partial<FilledField>) => void;
  readonly onRemove: () => void;
}

function FilledRow({ kind, fields, row, number, connection, rowFaults, faults, onRow, onRemove }: FilledRowProps) {
  const { say, sayOf } = useWords();
  const rowWords = useRowWords(rowFaults);
  const id = rowId(kind, row.id);
  const place = row.source === fixedValue ? 'values' : 'facts';
  const expected = faults[`newRecords.${connection.id}.${kind}.${place}.${row.field}`];
  const field = fields.data?.fields.find(({ name }) => name === row.field);
  return (
    <Group
      align="start"
      gap="sm"
      role="group"
      aria-label={`${sayOf('recordKind', kind)}, ${say('mapping.fieldNumber', { number })}`}
    >
      <div style={{ flex: '2 1 16rem' }}>
        <CrmFieldInput
          label={say('mapping.crmField')}
          value={row.field}
          list={fields}
          fits={takesValue}
          error={rowWords(id, 'field')}
          onChange={(name) => onRow({ field: name, value: '' })}
        />
      </div>
      <NativeSelect
        label={say('mapping.says')}
        flex="1 1 11rem"
        data={[
          { value: fixedValue, label: say('fact.value') },
          ...factNames.map((value) => ({ value, label: say(`fact.${value}`) })),
        ]}
        value={row.source}
        onChange={(event) => onRow({ source: event.currentTarget.value })}
      />
      {row.source === fixedValue && (
        <ValueInput
          field={field}
          value={row.value}
          error={rowWords(id, 'value') ?? (expected && say('field.expected', { expected }))}
          onChange={(value) => onRow({ value })}
        />
      )}
      <Button
        variant="default"
        mt={25}
        aria-label={say('mapping.removeNamed', { name: row.field || String(number) })}
        onClick={onRemove}
      >
        {say('mapping.remove')}
      </Button>
    </Group>
  );
}

interface ValueInputProps {
  readonly field: CrmField | undefined;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A value of the field's own choices where it has some. */
function ValueInput({ field, value, error, onChange }: ValueInputProps) {
  const { say } = useWords();
  const shared = { label: say('mapping.value'), flex: '1 1 11rem', value, error };
  const choices = field?.choices ?? [];
  if (field?.type === 'choices' || choices.length === 0) {
    return <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  const isGone = value !== '' && choices.every((choice) => choice.value !== value);
  return (
    <NativeSelect
      {...shared}
      data={[
        { value: '', label: '' },
        ...choices,
        ...(isGone ? [{ value, label: say('mapping.gone', { name: value }) }] : []),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
