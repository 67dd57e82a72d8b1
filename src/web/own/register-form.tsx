import { Alert, Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useRef, useState, type RefObject, type SubmitEvent } from 'react';
import { ApiProblem, ConnectionLost, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { LeadForm, OwnField, Submitted } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { useLeadDraft } from './lead-draft.js';
import { leadBody, leadSections, missingFields } from './lead-fields.js';
import { LeadInput } from './lead-input.js';
import { missingAnswers, ownAnswers } from './own-fields.js';
import { OwnInputs } from './own-inputs.js';

type Faults = Readonly<Record<string, string>>;

interface RegisterFormProps {
  /** What the program asks and has confirmed. */
  readonly asked: LeadForm;
  readonly onSubmitted: (submitted: Submitted) => void;
}

/** The form of a lead. Nothing that was typed is lost before the service has it. */
export function RegisterForm({ asked, onSubmitted }: RegisterFormProps) {
  const { say } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const { draft, type, attest, faults, submit, error, isPending } = useLeadForm(form, asked.fields, onSubmitted);
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack maw={760}>
        <Summary error={error} count={Object.keys(faults).length} />
        {leadSections.map((section) => (
          <Fieldset key={section.title} legend={say(section.title)}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
              {section.fields.map((field) => (
                <LeadInput
                  key={field.name}
                  field={field}
                  value={draft.typed[field.name] ?? ''}
                  error={faults[field.name]}
                  onChange={(value) => type(field.name, value)}
                />
              ))}
            </SimpleGrid>
          </Fieldset>
        ))}
        <OwnInputs fields={asked.fields} typed={draft.typed} faults={faults} onChange={type} />
        <Textarea
          label={say('field.noteForUs')}
          maxLength={2000}
          autosize
          minRows={3}
          value={draft.typed['note'] ?? ''}
          error={faults['note']}
          onChange={(event) => type('note', event.currentTarget.value)}
        />
        <Checkbox
          label={asked.attestation}
          required
          checked={draft.attested}
          error={faults['attestation']}
          aria-invalid={faults['attestation'] !== undefined}
          onChange={(event) => attest(event.currentTarget.checked)}
        />
        <AnsweredBy />
        <Group>
          <Button type="submit" loading={isPending}>
            {say('nav.register')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** By when it is answered, and by whom one after the other. */
function AnsweredBy() {
  const { say } = useWords();
  const { reviewBusinessDays: days, approvalSteps } = useMe();
  const steps = approvalSteps.join(' → ');
  return <Text size="sm">{say(steps === '' ? 'register.answered' : 'register.answeredInSteps', { days, steps })}</Text>;
}

/** What is typed, what is wrong with it, and sending it. */
function useLeadForm(
  form: RefObject<HTMLFormElement | null>,
  own: readonly OwnField[],
  onSubmitted: (submitted: Submitted) => void,
) {
  const { say } = useWords();
  const { partner, defaultCurrency } = useMe();
  const { draft, type, attest, clear } = useLeadDraft(partner?.id ?? '', defaultCurrency);
  const [faults, setFaults] = useState<Faults>({});
  const act = useAct<Submitted>();
  const show = (found: Faults) => {
    setFaults(found);
    // After React has marked them, so that a reader hears the field together with what is wrong.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const refused = (error: unknown) => {
    if (!(error instanceof ApiProblem)) return;
    const expected = Object.entries(faultsByField(error));
    show(Object.fromEntries(expected.map(([name, words]) => [name, say('field.expected', { expected: words })])));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const empty = [...missingFields(draft.typed), ...missingAnswers(own, draft.typed)];
    const missing = empty.map((name): [string, string] => [name, say('fault.enter')]);
    const unconfirmed: [string, string][] = draft.attested ? [] : [['attestation', say('fault.attest')]];
    const found = Object.fromEntries([...missing, ...unconfirmed]);
    if (Object.keys(found).length > 0) {
      show(found);
      return;
    }
    setFaults({});
    const body = { ...leadBody(draft.typed, draft.attested), fields: ownAnswers(own, draft.typed) };
    const sent = (submitted: Submitted) => {
      clear();
      onSubmitted(submitted);
    };
    const { idempotencyKey } = draft;
    act.mutate({ path: '/api/v1/registrations', body, idempotencyKey }, { onSuccess: sent, onError: refused });
  };
  return { draft, type, attest, faults, submit, error: act.error, isPending: act.isPending };
}

function Summary({ error, count }: { readonly error: unknown; readonly count: number }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const words =
    count > 0
      ? say('fault.fields', { count })
      : error instanceof ConnectionLost
        ? say('fault.kept')
        : errorWords(error);
  if (count === 0 && error === null) return null;
  return (
    <Alert color="red" variant="outline" role="alert">
      {words}
    </Alert>
  );
}
