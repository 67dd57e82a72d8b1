import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/queries.js';
import type { ChangeAfterWin } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

/** Whether crediting follows a change, or the value before goes on counting. */
export function DecideChange({ change: { id, after } }: { readonly change: ChangeAfterWin }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const act = useAct<ChangeAfterWin>();
  const isReady = reason.trim() !== '' && !act.isPending;
  const decide = (verb: 'accept' | 'restore') =>
    act.mutate({ path: `/api/v1/changes-after-win/${encodeURIComponent(id)}/${verb}`, body: { reason, after } });
  return (
    <>
      {act.error !== null && (
        <Alert color="red" variant="outline" role="alert">
          {errorWords(act.error)}
        </Alert>
      )}
      <Group align="end">
        <TextInput
          label={say('field.reason')}
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button disabled={!isReady} onClick={() => decide('accept')}>
          {say('change.accept')}
        </Button>
        <Button variant="default" disabled={!isReady} onClick={() => decide('restore')}>
          {say('change.restore')}
        </Button>
      </Group>
    </>
  );
}
