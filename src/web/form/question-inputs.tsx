import { Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { isOfChoices, questionTypes, type QuestionDraft } from './form-draft.js';
import { QuestionChoices } from './question-choices.js';
import { QuestionPlaces } from './question-places.js';
import type { FaultOf, QuestionCardProps } from './question-props.js';

/** Everything about one question. */
export function QuestionInputs(props: QuestionCardProps) {
  const { draft, found, onChange } = props;
  const { say } = useWords();
  const fault = useFault(props);
  return (
    <Stack gap="sm">
      <TextInput
        label={say('formPage.label')}
        required
        maxLength={200}
        value={draft.label}
        error={found[`${draft.id} label`] === undefined ? fault('label') : say('fault.enter')}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <TextInput
        label={say('formPage.help')}
        maxLength={500}
        value={draft.help}
        error={fault('help')}
        onChange={(event) => onChange({ help: event.currentTarget.value })}
      />
      <NativeSelect
        label={say('formPage.type')}
        data={questionTypes.map((value) => ({ value, label: say(`questionType.${value}`) }))}
        value={draft.type}
        error={fault('type')}
        onChange={(event) => onChange({ type: event.currentTarget.value as QuestionDraft['type'] })}
      />
      <Checkbox
        label={say('formPage.required')}
        checked={draft.required}
        onChange={(event) => onChange({ required: event.currentTarget.checked })}
      />
      {isOfChoices(draft) && <QuestionChoices {...props} fault={fault} />}
      {props.connections.length > 0 && <QuestionPlaces {...props} fault={fault} />}
    </Stack>
  );
}

/** What the service found at a part of this question. */
function useFault({ index, faults }: QuestionCardProps): FaultOf {
  const { say } = useWords();
  return (path) => {
    const expected = faults[`formFields[${index}].${path}`];
    return expected && say('field.expected', { expected });
  };
}
