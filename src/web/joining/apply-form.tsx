import { Alert, Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { call, newIdempotencyKey } from '../api/call.js';
import { ApiProblem, ConnectionLost, faultsByField } from '../api/problem.js';
import type { ApplicationForm } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

interface ApplyFormProps {
  readonly form: ApplicationForm;
  readonly onSent: () => void;
}

type Faults = Readonly<Record<string, string>>;
const required = ['company.name', 'company.website', 'company.country', 'contact.name', 'contact.email', 'type'];

/** What the vendor wants to know of a company that would be a partner. What was typed stays until it is taken. */
export function ApplyForm({ form, onSent }: ApplyFormProps) {
  const { say, sayOf, locale } = useWords();
  const element = useRef<HTMLFormElement>(null);
  const { typed, type, faults, submit, error, isPending } = useApplication(element, onSent);
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const countries = form.countries
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale));
  const field = (name: string) => ({
    required: required.includes(name),
    value: typed[name] ?? '',
    error: faults[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => type(name, event.currentTarget.value),
  });
  return (
    <form ref={element} onSubmit={submit} noValidate>
      <Stack>
        <Summary error={error} count={Object.keys(faults).length} />
        <TextInput label={say('field.companyName')} autoComplete="organization" {...field('company.name')} />
        <TextInput
          label={say('apply.website')}
          type="url"
          inputMode="url"
          autoComplete="url"
          {...field('company.website')}
        />
        <NativeSelect
          label={say('field.country')}
          autoComplete="country"
          data={[{ value: '', label: say('apply.choose') }, ...countries]}
          {...field('company.country')}
        />
        <TextInput label={say('join.name')} autoComplete="name" {...field('contact.name')} />
        <TextInput
          label={say('apply.email')}
          description={say('apply.emailHint')}
          type="email"
          autoComplete="email"
          {...field('contact.email')}
        />
        <NativeSelect
          label={say('apply.type')}
          data={[
            { value: '', label: say('apply.choose') },
            ...form.types.map((value) => ({ value, label: sayOf('partnerType', value) })),
          ]}
          {...field('type')}
        />
        <Textarea
          label={say('apply.message')}
          description={say('apply.messageHint')}
          autosize
          minRows={3}
          maxLength={4000}
          {...field('message')}
        />
        <Button type="submit" loading={isPending}>
          {say('apply.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function useApplication(element: React.RefObject<HTMLFormElement | null>, onSent: () => void) {
  const { say } = useWords();
  const [typed, setTyped] = useState<Faults>({});
  const [faults, setFaults] = useState<Faults>({});
  // Of this page: sent again after a lost connection, it is taken once.
  const [idempotencyKey] = useState(newIdempotencyKey);
  const act = useMutation({
    mutationFn: (body: object) => call('/api/v1/applications', { method: 'POST', body, idempotencyKey }),
  });
  const show = (found: Faults) => {
    setFaults(found);
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const refused = (error: unknown) => {
    if (!(error instanceof ApiProblem)) return;
    const expected = Object.entries(faultsByField(error));
    show(Object.fromEntries(expected.map(([name, words]) => [name, say('field.expected', { expected: words })])));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const missing = required.filter((name) => (typed[name] ?? '').trim() === '');
    if (missing.length > 0) {
      show(Object.fromEntries(missing.map((name) => [name, say('fault.enter')])));
      return;
    }
    setFaults({});
    act.mutate(bodyOf(typed), { onSuccess: onSent, onError: refused });
  };
  const type = (name: string, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return { typed, type, faults, submit, error: act.error, isPending: act.isPending };
}

function bodyOf(typed: Readonly<Record<string, string>>): object {
  const { message = '' } = typed;
  return {
    company: { name: typed['company.name'], website: typed['company.website'], country: typed['company.country'] },
    contact: { name: typed['contact.name'], email: typed['contact.email'] },
    type: typed['type'],
    ...(message.trim() === '' ? {} : { message }),
  };
}

function Summary({ error, count }: { readonly error: unknown; readonly count: number }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  if (count === 0 && error === null) return null;
  const isLost = error instanceof ConnectionLost;
  return (
    <Alert color="red" variant="outline" role="alert">
      {count > 0 ? say('fault.fields', { count }) : isLost ? say('apply.kept') : errorWords(error)}
    </Alert>
  );
}
