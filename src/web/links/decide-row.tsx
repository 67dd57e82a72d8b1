import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/queries.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

interface Choice {
  readonly verb: string;
  readonly label: string;
  readonly needsReason: boolean;
}

interface DecideRowProps {
  /** What is decided on; the verb of the choice comes behind it. */
  readonly path: string;
  /** The first is what is usual. */
  readonly choices: readonly Choice[];
  readonly hint?: string;
  /** Sent beside the reason. */
  readonly body?: object;
}

/** One of a few answers, with a reason where it needs one; what is refused is said above and what was typed stays. */
export function DecideRow({ path, choices, hint, body = {} }: DecideRowProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [typed, setTyped] = useState('');
  const act = useAct();
  const reason = typed.trim();
  const button = ({ verb, label, needsReason }: Choice, variant: 'filled' | 'default') => (
    <Button
      key={verb}
      variant={variant}
      loading={act.isPending}
      disabled={needsReason && reason === ''}
      onClick={() => act.mutate({ path: `${path}/${verb}`, body: reason === '' ? body : { ...body, reason } })}
    >
      {label}
    </Button>
  );
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
          description={hint}
          required={choices.every(({ needsReason }) => needsReason)}
          maxLength={2000}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {choices.map((choice, index) => button(choice, index === 0 ? 'filled' : 'default'))}
      </Group>
    </>
  );
}
