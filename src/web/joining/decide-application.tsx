import { Alert, Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { ApplicationDetail } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { PartnerTypeInput } from '../partners/partner-type-input.js';
import { useWords } from '../words/use-words.js';

export type ApplicationDecision = 'accept' | 'reject';

interface DecideProps {
  readonly decision: ApplicationDecision;
  readonly application: ApplicationDetail;
  readonly onDone: () => void;
  /** Somebody else decided first; told in the service's words. */
  readonly onOvertaken: (words: string) => void;
}

interface Typed {
  readonly name: string;
  readonly type: string;
  readonly tier: string;
  readonly reason: string;
  readonly silent: boolean;
}

/** Takes a company in as a partner, or says why not. */
export function DecideApplication({ decision, application, onDone, onOvertaken }: DecideProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const { company, contact, type } = application;
  const [typed, setTyped] = useState<Typed>({ name: company.name, type, tier: '', reason: '', silent: false });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const act = useAct();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  const body =
    decision === 'reject'
      ? { reason: typed.reason, silent: typed.silent }
      : { name: typed.name, type: typed.type, tier: typed.tier === '' ? null : typed.tier };
  const isBeside = Object.keys(faults).some((field) => field in body);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const path = `/api/v1/applications/${encodeURIComponent(application.id)}/${decision}`;
    const failed = (error: unknown) => {
      if (error instanceof ApiProblem && error.code === 'application-decided') onOvertaken(errorWords(error));
    };
    act.mutate({ path, body }, { onSuccess: onDone, onError: failed });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && !isBeside && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        {decision === 'reject' ? (
          <RejectFields email={contact.email} typed={typed} expected={expected} change={change} />
        ) : (
          <AcceptFields email={contact.email} typed={typed} expected={expected} change={change} />
        )}
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say(`applications.${decision}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  readonly email: string;
  readonly typed: Typed;
  readonly expected: (field: string) => string | undefined;
  readonly change: (part: Partial<Typed>) => void;
}

function RejectFields({ email, typed, expected, change }: FieldsProps) {
  const { say } = useWords();
  return (
    <>
      <Textarea
        label={say('decide.reason')}
        description={say(typed.silent ? 'applications.kept' : 'applications.mailed', { email })}
        required
        autosize
        minRows={4}
        maxLength={2000}
        data-autofocus
        value={typed.reason}
        error={expected('reason')}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <Checkbox
        label={say('applications.silent')}
        checked={typed.silent}
        onChange={(event) => change({ silent: event.currentTarget.checked })}
      />
    </>
  );
}

function AcceptFields({ email, typed, expected, change }: FieldsProps) {
  const { say } = useWords();
  return (
    <>
      <Text size="sm">{say('applications.acceptWords', { email })}</Text>
      <TextInput
        label={say('field.name')}
        required
        data-autofocus
        value={typed.name}
        error={expected('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <PartnerTypeInput type={typed.type} error={expected('type')} onChange={(type) => change({ type })} />
      <TextInput
        label={say('field.tier')}
        value={typed.tier}
        error={expected('tier')}
        onChange={(event) => change({ tier: event.currentTarget.value })}
      />
    </>
  );
}
