import { Alert, Button, Group, NativeSelect, NumberInput, Radio, Stack, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useSearchParams } from 'react-router';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Decided, Registration } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';
import type { Decision } from './possible-decisions.js';
import { rejectionCodes } from './rejection-codes.js';

const newDeal = '';

interface DecisionFormProps {
  readonly decision: Decision;
  readonly registration: Registration;
  readonly onDone: () => void;
  readonly onOvertaken: (words: string) => void;
}

interface Typed {
  readonly reason: string;
  readonly code: string;
  readonly dealId: string;
  readonly days: number | string;
  /** The registration it repeats; empty: none. */
  readonly duplicateOf: string;
}

/** One decision with what it needs; what the service refuses is said beside the field it is about. */
export function DecisionForm({ decision, registration, onDone, onOvertaken }: DecisionFormProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [typed, setTyped] = useState<Typed>({
    reason: '',
    code: firstCode(registration),
    dealId: newDeal,
    days: '',
    duplicateOf: '',
  });
  const act = useAct<Decided>();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const path = `/api/v1/registrations/${encodeURIComponent(registration.id)}/${pathOf(decision)}`;
    act.mutate(
      { path, body: bodyOf(decision, typed, registration) },
      { onSuccess: onDone, onError: (error) => isOvertaken(error) && onOvertaken(errorWords(error)) },
    );
  };
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <Fields
          decision={decision}
          registration={registration}
          typed={typed}
          faults={faults}
          change={(part) => setTyped((before) => ({ ...before, ...part }))}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say(`decide.${decision}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  readonly decision: Decision;
  readonly registration: Registration;
  readonly typed: Typed;
  readonly faults: Readonly<Record<string, string>>;
  readonly change: (part: Partial<Typed>) => void;
}

function Fields({ decision, registration, typed, faults, change }: FieldsProps) {
  const { say, sayOf } = useWords();
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  return (
    <>
      {decision === 'approve' && (
        <DealChoice
          registration={registration}
          value={typed.dealId}
          error={expected('dealId')}
          onChange={(dealId) => change({ dealId })}
        />
      )}
      {decision === 'reject' && (
        <NativeSelect
          label={say('decide.code')}
          description={say('decide.codeHint')}
          value={typed.code}
          error={expected('code')}
          data={rejectionCodes.map((value) => ({ value, label: sayOf('code', value) }))}
          onChange={(event) => change({ code: event.currentTarget.value })}
        />
      )}
      {decision === 'reject' && typed.code === 'duplicate' && (
        <OriginalChoice
          registration={registration}
          value={typed.duplicateOf}
          error={expected('duplicateOf')}
          onChange={(duplicateOf) => change({ duplicateOf })}
        />
      )}
      {decision === 'extend' && (
        <NumberInput
          label={say('decide.days')}
          description={say('decide.daysHint')}
          min={1}
          max={365}
          allowDecimal={false}
          value={typed.days}
          error={expected('days')}
          onChange={(days) => change({ days })}
        />
      )}
      <Textarea
        label={say(decision === 'return' ? 'decide.question' : 'decide.reason')}
        description={say('decide.partnerReads')}
        autosize
        minRows={3}
        maxLength={1000}
        required={needsReason(decision)}
        data-autofocus
        value={typed.reason}
        error={expected('reason')}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
    </>
  );
}

interface ChoiceProps {
  readonly registration: Registration;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (dealId: string) => void;
}

/** A new deal, or one that is in the CRM already. */
function DealChoice({ registration, value, error, onChange }: ChoiceProps) {
  const { say } = useWords();
  const deals = (registration.conflicts ?? []).filter(
    ({ dealId, code }) => dealId !== null && code === 'open_opportunity',
  );
  const [params] = useSearchParams();
  const named = params.get('dealId');
  const isListed = deals.some(({ dealId }) => dealId === named);
  if (deals.length === 0 && named === null) return null;
  return (
    <Radio.Group label={say('decide.deal')} value={value} onChange={onChange} error={error}>
      <Stack gap="xs" mt="xs">
        <Radio value={newDeal} label={say('decide.newDeal')} />
        {deals.map(({ dealId, label }) => (
          <Radio key={dealId} value={dealId ?? ''} label={say('decide.attach', { deal: label })} />
        ))}
        {named !== null && !isListed && <Radio value={named} label={say('decide.wonDeal')} />}
      </Stack>
    </Radio.Group>
  );
}

/** Which of the other registrations on this prospect it repeats. */
function OriginalChoice({ registration, value, error, onChange }: ChoiceProps) {
  const { say } = useWords();
  const others = (registration.conflicts ?? []).filter(({ source }) => source === 'registration');
  if (others.length === 0) return null;
  return (
    <NativeSelect
      label={say('decide.duplicateOf')}
      value={value}
      error={error}
      data={[
        { value: '', label: say('decide.duplicateOfNone') },
        ...others.map(({ reference, label }) => ({ value: reference, label })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function firstCode(registration: Registration): string {
  return registration.conflicts?.[0]?.code ?? 'other';
}

function needsReason(decision: Decision): boolean {
  return decision === 'return' || decision === 'reject' || decision === 'refuse-extension';
}

/** Of an approved registration, a rejection refuses the extension that was asked for. */
function pathOf(decision: Decision): string {
  return decision === 'refuse-extension' ? 'reject' : decision;
}

function bodyOf(
  decision: Decision,
  { reason, code, dealId, days, duplicateOf }: Typed,
  { review }: Registration,
): object {
  switch (decision) {
    case 'approve':
      // Where it takes several, somebody else may have taken this step meanwhile.
      return { reason, step: (review?.approvals.length ?? 0) + 1, ...(dealId === newDeal ? {} : { dealId }) };
    case 'reject':
      return { reason, code, ...(code === 'duplicate' && duplicateOf !== '' ? { duplicateOf } : {}) };
    case 'extend':
      return { reason, ...(days === '' ? {} : { days: Number(days) }) };
    case 'return':
    case 'refuse-extension':
      return { reason };
    default:
      return decision satisfies never;
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof ApiProblem && ['registration-status', 'approval-step-taken'].includes(error.code);
}
