import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import { useWords } from '../words/use-words.js';
import { useErrorWords } from './fault.js';

interface ReasonFormProps<T> {
  readonly path: string;
  /** Sent beside the reason. */
  readonly body?: object;
  /** What it means to end it. */
  readonly hint: string;
  readonly label: string;
  /** What the button says. */
  readonly end: string;
  readonly onEnded: (answer: T) => void;
  readonly onCancel: () => void;
}

/** Ends something with a reason; what is refused is said, and what was typed stays. */
export function ReasonForm<T>({ path, body = {}, hint, label, end, onEnded, onCancel }: ReasonFormProps<T>) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const act = useAct<T>();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.mutate({ path, body: { ...body, reason } }, { onSuccess: onEnded });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <Text size="sm">{hint}</Text>
        <Textarea
          label={label}
          required
          data-autofocus
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          error={faults['reason'] && say('field.expected', { expected: faults['reason'] })}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button variant="default" onClick={onCancel}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" color="red" loading={act.isPending}>
            {end}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
