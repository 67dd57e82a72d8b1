import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { CrmField, CrmFields } from '../api/shapes.js';
import { newIdempotencyKey } from '../api/call.js';
import { useWords } from '../words/use-words.js';
import { CrmFieldInput } from './crm-field-input.js';
import type { CrmList } from './crm-lists.js';
import type { PlanField } from './mapping-draft.js';
import type { MappingPart } from './mapping-part.js';
import { useRowWords } from './row-words.js';

const isAny = (field: CrmField): boolean => field.type !== 'other';

/** Names that plans use for fields of the deal. */
export function PlanFields({ fields, ...part }: MappingPart & { readonly fields: CrmList<CrmFields> }) {
  const { say } = useWords();
  const { connection, draft, rowFaults, faults, onChange } = part;
  const rowWords = useRowWords(rowFaults);
  const set = (planFields: readonly PlanField[]) => onChange({ planFields });
  const change = (id: string, more: Partial<PlanField>) =>
    set(draft.planFields.map((row) => (row.id === id ? { ...row, ...more } : row)));
  const found = (name: string) => {
    const expected = faults[`fieldMap.${connection.crm}.${name}`];
    return expected && say('field.expected', { expected });
  };
  return (
    <Stack gap="sm">
      {draft.planFields.map((row, index) => (
        <Group
          key={row.id}
          align="start"
          gap="sm"
          role="group"
          aria-label={say('mapping.planField', { number: index + 1 })}
        >
          <TextInput
            label={say('mapping.nameInPlans')}
            flex="1 1 12rem"
            value={row.name}
            error={rowWords(row.id, 'name')}
            onChange={(event) => change(row.id, { name: event.currentTarget.value.trim() })}
          />
          <div style={{ flex: '2 1 18rem' }}>
            <CrmFieldInput
              label={say('mapping.crmField')}
              value={row.field}
              list={fields}
              fits={isAny}
              allowsOthers={connection.crm === 'salesforce'}
              error={rowWords(row.id, 'field') ?? found(row.name)}
              onChange={(field) => change(row.id, { field })}
            />
          </div>
          <Button
            variant="default"
            mt={25}
            aria-label={say('mapping.removeNamed', { name: row.name || String(index + 1) })}
            onClick={() => set(draft.planFields.filter(({ id }) => id !== row.id))}
          >
            {say('mapping.remove')}
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() => set([...draft.planFields, { id: newIdempotencyKey(), name: '', field: '' }])}
        >
          {say('mapping.addPlanField')}
        </Button>
      </Group>
    </Stack>
  );
}
