import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

interface UnlinkProps {
  readonly id: string;
  /** As it was seen when the form was opened. */
  readonly dealId: string;
  readonly onDone: () => void;
}

/** Why a registration is taken off its deal. */
export function UnlinkForm({ id, dealId, onDone }: UnlinkProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [insteadOf] = useState(dealId);
  const [reason, setReason] = useState('');
  const act = useAct();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.mutate(
      { path: `/api/v1/registrations/${encodeURIComponent(id)}/unlink`, body: { reason, insteadOf } },
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <Text size="sm">{say('links.unlinkHint')}</Text>
        <TextInput
          label={say('field.reason')}
          required
          data-autofocus
          maxLength={2000}
          value={reason}
          error={faults['reason'] && say('field.expected', { expected: faults['reason'] })}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" color="red" loading={act.isPending}>
            {say('links.unlink')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
