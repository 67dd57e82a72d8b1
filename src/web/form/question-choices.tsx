import { Button, Fieldset, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { newIdempotencyKey } from '../api/call.js';
import { useAct } from '../api/queries.js';
import type { CrmField } from '../api/shapes.js';
import { useCrmChoices, useCrmFields } from '../mapping/crm-lists.js';
import { useWords } from '../words/use-words.js';
import { CrmPlaceInputs } from './crm-place-inputs.js';
import { isSamePlace, type ChoiceDraft, type Place } from './form-draft.js';
import type { FaultOf, QuestionCardProps } from './question-props.js';

type ChoicesProps = QuestionCardProps & { readonly fault: FaultOf };

/** What there is to choose from: typed here, or as a field of the CRM has it. */
export function QuestionChoices(props: ChoicesProps) {
  const { draft, connections, onChange } = props;
  const { say } = useWords();
  return (
    <Fieldset legend={say('formPage.choices')}>
      <Stack gap="sm">
        {connections.length > 0 && (
          <Radio.Group
            aria-label={say('formPage.choicesSource')}
            value={draft.source}
            onChange={(source) => onChange({ source: source === 'crm' ? 'crm' : 'typed' })}
          >
            <Group>
              <Radio value="typed" label={say('formPage.choicesTyped')} />
              <Radio value="crm" label={say('formPage.choicesFromCrm')} />
            </Group>
          </Radio.Group>
        )}
        {draft.source === 'crm' ? <FromCrm {...props} /> : <Typed {...props} />}
      </Stack>
    </Fieldset>
  );
}

const hasChoices = ({ type, choices }: CrmField): boolean =>
  choices.length > 0 && (type === 'choice' || type === 'choices' || type === 'boolean');

const shownChoices = 8;

function FromCrm({ draft, connections, read, found, fault, onChange }: ChoicesProps) {
  const { say } = useWords();
  const { choicesFrom } = draft;
  const told = useCrmChoices(choicesFrom.field === '' ? [] : [choicesFrom]);
  const kept = read.find((one) => isSamePlace(one, choicesFrom))?.choices ?? [];
  const now = told(choicesFrom);
  const choices = now.length > 0 ? now : kept;
  /** A new question from a field of the CRM is answered into it, unless somebody says otherwise. */
  const choose = (place: Place, field: CrmField | undefined) => {
    const isNew = draft.crm.length === 0 && field?.writable === true && !field.ours;
    onChange({ choicesFrom: place, ...(isNew ? { crm: [{ id: newIdempotencyKey(), ...place }] } : {}) });
  };
  const words = choices.slice(0, shownChoices).map(({ label }) => label);
  return (
    <Stack gap="xs">
      <CrmPlaceInputs
        place={choicesFrom}
        connections={connections}
        fits={hasChoices}
        error={
          found[`${draft.id} choicesFrom`] === undefined
            ? (fault('choicesFrom.field') ?? fault('choicesFrom.record') ?? fault('choicesFrom.connection'))
            : say('fault.enter')
        }
        onChange={choose}
      />
      {choicesFrom.field !== '' && <ReadNow place={choicesFrom} />}
      {choices.length > 0 && (
        <Text size="sm" c="dimmed">
          {say('formPage.offered', {
            count: choices.length,
            choices: words.join(', ') + (choices.length > shownChoices ? ', …' : ''),
          })}
        </Text>
      )}
    </Stack>
  );
}

/** For who has just changed the choices in the CRM: shown here at once, and offered to partners as soon as they are read. */
function ReadNow({ place }: { readonly place: Place }) {
  const { say } = useWords();
  const list = useCrmFields(place.connection, place.record);
  const act = useAct<null>();
  const readNow = () => {
    list.readAgain();
    act.mutate({ path: `/api/v1/connections/${encodeURIComponent(place.connection)}/read-choices` });
  };
  return (
    <Group>
      <Button size="xs" variant="default" loading={list.isFetching || act.isPending} onClick={readNow}>
        {say('formPage.readNow')}
      </Button>
    </Group>
  );
}

function Typed({ draft, found, fault, onChange }: ChoicesProps) {
  const { say } = useWords();
  const set = (choices: readonly ChoiceDraft[]) => onChange({ choices });
  const faultOf = (id: string, index: number) => {
    const wrong = found[`${draft.id} choice ${id}`];
    if (wrong !== undefined) return say(wrong === 'missing' ? 'fault.enter' : 'mapping.twice');
    return fault(`choices[${index}].label`) ?? fault(`choices[${index}].value`);
  };
  return (
    <Stack gap="xs" align="flex-start">
      {draft.choices.map(({ id, label, value }, index) => (
        <Group key={id} align="start" gap="xs" w="100%">
          <TextInput
            flex={1}
            aria-label={say('formPage.choiceNumber', { number: index + 1 })}
            description={value === '' || value === label ? undefined : say('formPage.choiceValue', { value })}
            maxLength={200}
            value={label}
            error={faultOf(id, index)}
            onChange={(event) => {
              const changed = event.currentTarget.value;
              set(draft.choices.map((one) => (one.id === id ? { ...one, label: changed } : one)));
            }}
          />
          <Button
            variant="default"
            aria-label={say('mapping.removeNamed', { name: label || String(index + 1) })}
            onClick={() => set(draft.choices.filter((one) => one.id !== id))}
          >
            {say('mapping.remove')}
          </Button>
        </Group>
      ))}
      <Button
        size="xs"
        variant="default"
        onClick={() => set([...draft.choices, { id: newIdempotencyKey(), label: '', value: '' }])}
      >
        {say('formPage.addChoice')}
      </Button>
      {(found[`${draft.id} choices`] !== undefined || fault('choices') !== undefined) && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {fault('choices') ?? say('formPage.noChoices')}
        </Text>
      )}
    </Stack>
  );
}
