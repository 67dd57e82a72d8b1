import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Dispute } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

interface OpenDisputeProps {
  /** Null: a deal that the partner names. */
  readonly about: Readonly<Record<string, string>> | null;
  readonly onDone: () => void;
}

/** Says what is wrong, with evidence, and leads to the dispute. */
export function OpenDispute({ about, onDone }: OpenDisputeProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const { typed, change, act, expected, submit } = useNewDispute({ about, onDone });
  const isBeside = ['deal', 'reason', 'links'].some((field) => expected(field) !== undefined);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && !isBeside && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        {about === null && (
          <TextInput
            label={say('dispute.deal')}
            description={say('dispute.dealHint')}
            required
            maxLength={300}
            value={typed.deal}
            error={expected('deal')}
            onChange={(event) => change({ deal: event.currentTarget.value })}
          />
        )}
        <Textarea
          label={say('dispute.reason')}
          description={say('dispute.reasonHint')}
          required
          autosize
          minRows={4}
          maxLength={4000}
          value={typed.reason}
          error={expected('reason')}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <Textarea
          label={say('dispute.links')}
          description={say('dispute.linksHint')}
          autosize
          minRows={2}
          value={typed.links}
          error={expected('links')}
          onChange={(event) => change({ links: event.currentTarget.value })}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say('dispute.open')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useNewDispute({ about, onDone }: OpenDisputeProps) {
  const { say } = useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ deal: '', reason: '', links: '' });
  const act = useAct<Dispute>();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (field: string) => {
    const found = Object.entries(faults).find(([name]) => name === field || name.startsWith(`${field}[`))?.[1];
    return found && say('field.expected', { expected: found });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const links = typed.links
      .split('\n')
      .map((link) => link.trim())
      .filter((link) => link !== '');
    const body = { ...(about ?? { deal: typed.deal }), reason: typed.reason, links };
    const opened = ({ id }: Dispute) => {
      onDone();
      void navigate(`/disputes/${id}`);
    };
    act.mutate({ path: '/api/v1/disputes', body }, { onSuccess: opened });
  };
  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));
  return { typed, change, act, expected, submit };
}
