import { Alert, Button, Fieldset, Group, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct, useAnswer } from '../api/queries.js';
import type { Decided, LeadForm, OwnField, Registration } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { Loaded } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { answerBody, answerSections, typedAs } from './lead-fields.js';
import { LeadInput } from './lead-input.js';
import { ownAnswers, typedAnswers, withChosenBefore } from './own-fields.js';
import { OwnInputs } from './own-inputs.js';

interface AnswerFormProps {
  readonly registration: Registration;
  readonly onDone: () => void;
}

/** Answers the reviewer's question, and mends what was asked about. */
export function AnswerForm(props: AnswerFormProps) {
  const query = useAnswer<LeadForm>('/api/v1/form');
  const { fields: answers } = props.registration;
  return <Loaded query={query}>{({ fields }) => <Answer own={withChosenBefore(fields, answers)} {...props} />}</Loaded>;
}

function Answer({ own, registration, onDone }: AnswerFormProps & { readonly own: readonly OwnField[] }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [answer, setAnswer] = useState('');
  const [typed, setTyped] = useState(() => ({ ...typedAs(registration), ...typedAnswers(own, registration.fields) }));
  const act = useAct<Decided>();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (name: string) => faults[name] && say('field.expected', { expected: faults[name] });
  const inWords = Object.fromEntries(Object.keys(faults).map((name) => [name, expected(name)]));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const path = `/api/v1/registrations/${encodeURIComponent(registration.id)}/resubmit`;
    const body = { ...answerBody(typed, answer), fields: ownAnswers(own, typed) };
    act.mutate({ path, body }, { onSuccess: onDone });
  };
  const change = (name: string, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <form onSubmit={submit}>
      <Stack>
        {act.error !== null && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        {registration.question !== null && (
          <Alert color="orange" variant="outline" title={say('field.question')}>
            {registration.question}
          </Alert>
        )}
        <Textarea
          label={say('field.answer')}
          description={say('act.resubmit.hint')}
          required
          maxLength={1000}
          autosize
          minRows={3}
          data-autofocus
          value={answer}
          error={expected('reason')}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
        {answerSections.map(({ title, fields }) => (
          <Fieldset key={title} legend={say(title)}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
              {fields.map((field) => (
                <LeadInput
                  key={field.name}
                  field={field}
                  value={typed[field.name] ?? ''}
                  error={expected(field.name)}
                  onChange={(value) => change(field.name, value)}
                />
              ))}
            </SimpleGrid>
          </Fieldset>
        ))}
        <OwnInputs fields={own} typed={typed} faults={inWords} onChange={change} />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say('act.resubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
