import { Alert, Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Agreement } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

interface PublishProps {
  /** The version this one comes after. */
  readonly latest: number;
  readonly onDone: () => void;
}

/** Puts the next version of the agreement. It cannot be edited afterwards, and says so. */
export function PublishAgreement({ latest, onDone }: PublishProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  // What the form began from: another version that appears meanwhile is not the one that was read.
  const [after] = useState(latest);
  const [typed, setTyped] = useState({ text: '', effectiveFrom: '', note: '', asksAcceptance: true });
  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));
  const act = useAct<Agreement>();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { effectiveFrom, ...rest } = typed;
    const body = { ...rest, after, ...(effectiveFrom === '' ? {} : { effectiveFrom }) };
    act.mutate({ path: '/api/v1/agreements', body }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{say('agreement.publishWords')}</Text>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <Textarea
          label={say('agreement.text')}
          description={say('agreement.textHint')}
          required
          autosize
          minRows={8}
          maxRows={20}
          data-autofocus
          value={typed.text}
          error={expected('text')}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <TextInput
          label={say('agreement.column.from')}
          description={say('agreement.fromHint')}
          type="date"
          value={typed.effectiveFrom}
          error={expected('effectiveFrom')}
          onChange={(event) => change({ effectiveFrom: event.currentTarget.value })}
        />
        <TextInput
          label={say('agreement.column.note')}
          description={say('agreement.noteHint')}
          maxLength={1000}
          value={typed.note}
          error={expected('note')}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <Checkbox
          label={say('agreement.asksEverybody')}
          checked={typed.asksAcceptance}
          onChange={(event) => change({ asksAcceptance: event.currentTarget.checked })}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say('agreement.publish')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
