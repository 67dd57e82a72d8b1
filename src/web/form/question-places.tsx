import { Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { newIdempotencyKey } from '../api/call.js';
import type { CrmField } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';
import { CrmPlaceInputs } from './crm-place-inputs.js';
import { emptyPlace, type PlaceDraft } from './form-draft.js';
import type { FaultOf, QuestionCardProps } from './question-props.js';

/** Ours are filled by us. */
const takesAnswer = ({ writable, ours, type }: CrmField): boolean =>
  writable && !ours && type !== 'other' && type !== 'reference';

const mostPlaces = 10;

/** The fields of the CRM that new records are given the answer in. */
export function QuestionPlaces({
  draft,
  connections,
  found,
  fault,
  onChange,
}: QuestionCardProps & { readonly fault: FaultOf }) {
  const { say } = useWords();
  const set = (crm: readonly PlaceDraft[]) => onChange({ crm });
  const faultOf = (id: string, index: number) =>
    found[`${draft.id} crm ${id}`] === undefined
      ? (fault(`crm[${index}].field`) ?? fault(`crm[${index}].record`) ?? fault(`crm[${index}].connection`))
      : say('fault.enter');
  return (
    <Fieldset legend={say('formPage.places')}>
      <Stack gap="sm">
        {draft.crm.length === 0 && (
          <Text size="sm" c="dimmed">
            {say('formPage.noPlaces')}
          </Text>
        )}
        {draft.crm.map(({ id, ...place }, index) => (
          <Stack key={id} gap="xs" role="group" aria-label={say('formPage.placeNumber', { number: index + 1 })}>
            <CrmPlaceInputs
              place={place}
              connections={connections}
              fits={takesAnswer}
              error={faultOf(id, index)}
              onChange={(changed) => set(draft.crm.map((one) => (one.id === id ? { id, ...changed } : one)))}
            />
            <Group>
              <Button
                size="xs"
                variant="default"
                aria-label={say('mapping.removeNamed', {
                  name: place.field || say('formPage.placeNumber', { number: index + 1 }),
                })}
                onClick={() => set(draft.crm.filter((one) => one.id !== id))}
              >
                {say('mapping.remove')}
              </Button>
            </Group>
          </Stack>
        ))}
        <Group>
          <Button
            size="xs"
            variant="default"
            disabled={draft.crm.length >= mostPlaces}
            onClick={() => set([...draft.crm, { id: newIdempotencyKey(), ...emptyPlace(connections[0]?.id ?? '') }])}
          >
            {say('formPage.addPlace')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
