import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Disconnected } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

interface DisconnectFormProps {
  readonly path: string;
  readonly onEnded: (outcome: Disconnected) => void;
  readonly onCancel: () => void;
}

/** Says what ending a connection means, and asks why it is ended. */
export function DisconnectForm({ path, onEnded, onCancel }: DisconnectFormProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const act = useAct<Disconnected>();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.mutate({ path, body: { reason } }, { onSuccess: onEnded });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <Text size="sm">{say('connections.disconnectHint')}</Text>
        <Textarea
          label={say('connections.reason')}
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
            {say('connections.disconnect')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
