import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { DisputeDetail } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { Section } from '../parts/section.js';
import { useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** What the reader can do with a dispute that is not settled. */
export function MoveDispute({ dispute }: { readonly dispute: DisputeDetail }) {
  const { kind, rights } = useMe();
  const path = `/api/v1/disputes/${encodeURIComponent(dispute.id)}`;
  if (kind === 'operator' && rights?.includes('disputes:decide') === false) return null;
  return (
    <>
      <Write path={path} />
      {kind === 'operator' ? <Settle path={path} /> : <Withdraw path={path} />}
    </>
  );
}

function useForm() {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const act = useAct<DisputeDetail>();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const alert = act.error !== null && Object.keys(faults).length === 0 && (
    <Alert color="red" variant="outline" role="alert">
      {errorWords(act.error)}
    </Alert>
  );
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  return { act, alert, expected };
}

function Write({ path }: { readonly path: string }) {
  const { say } = useWords();
  const { kind } = useMe();
  const { act, alert, expected } = useForm();
  const [text, setText] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.mutate({ path: `${path}/messages`, body: { text } }, { onSuccess: () => setText('') });
  };
  return (
    <Section title={say(kind === 'operator' ? 'dispute.answer' : 'dispute.reply')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {alert}
          <Textarea
            label={say('dispute.message')}
            description={kind === 'operator' && say('dispute.partnerReads')}
            required
            autosize
            minRows={3}
            maxLength={4000}
            value={text}
            error={expected('text')}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" w="fit-content" variant="default" loading={act.isPending}>
            {say('dispute.send')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

function Settle({ path }: { readonly path: string }) {
  const { say } = useWords();
  const { act, alert, expected } = useForm();
  const [typed, setTyped] = useState({ words: '', decisionId: '' });
  const settle = (outcome: 'upheld' | 'declined') => {
    const { words, decisionId } = typed;
    const points = outcome === 'upheld' && decisionId.trim() !== '' ? { decisionId: decisionId.trim() } : {};
    act.mutate({ path: `${path}/settle`, body: { outcome, words, ...points } });
  };
  return (
    <Section title={say('dispute.settle')}>
      {alert}
      <Textarea
        label={say('dispute.outcome')}
        description={say('dispute.partnerReads')}
        required
        autosize
        minRows={3}
        maxLength={4000}
        value={typed.words}
        error={expected('words')}
        onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, words: value }))}
      />
      <TextInput
        label={say('dispute.decision')}
        description={say('dispute.decisionHint')}
        value={typed.decisionId}
        error={expected('decisionId')}
        onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, decisionId: value }))}
      />
      <Group>
        <Button loading={act.isPending} onClick={() => settle('upheld')}>
          {say('dispute.uphold')}
        </Button>
        <Button variant="default" loading={act.isPending} onClick={() => settle('declined')}>
          {say('dispute.decline')}
        </Button>
      </Group>
    </Section>
  );
}

function Withdraw({ path }: { readonly path: string }) {
  const { say } = useWords();
  const { act, alert } = useForm();
  return (
    <Section title={say('dispute.withdraw')}>
      {alert}
      <Group>
        <Button
          variant="default"
          loading={act.isPending}
          aria-describedby="withdraw-words"
          onClick={() => act.mutate({ path: `${path}/withdraw` })}
        >
          {say('dispute.withdraw')}
        </Button>
        <Text id="withdraw-words" size="sm" component="span">
          {say('dispute.withdrawConfirm')}
        </Text>
      </Group>
    </Section>
  );
}
