import { Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Partner } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { changeOfPartner } from './partner-change.js';
import { PartnerTypeInput } from './partner-type-input.js';

/** A new partner, for whom may; people are invited on its page then. */
export function NewPartner() {
  const navigate = useNavigate();
  return <PartnerDialog partner={null} onDone={({ id }) => void navigate(`/partners/${id}`)} />;
}

/** A partner's name, address and whether it takes part. */
export function ChangePartner({ partner }: { readonly partner: Partner }) {
  return <PartnerDialog partner={partner} />;
}

interface PartnerDialogProps {
  readonly partner: Partner | null;
  readonly onDone?: (partner: Partner) => void;
}

function PartnerDialog({ partner, onDone }: PartnerDialogProps) {
  const { say } = useWords();
  const [opened, setOpened] = useState(false);
  const title = say(partner === null ? 'partner.new' : 'partner.change');
  const done = (changed: Partner) => {
    setOpened(false);
    onDone?.(changed);
  };
  if (!useMay('partners:manage')) return null;
  return (
    <>
      <Button variant={partner === null ? 'filled' : 'default'} w="fit-content" onClick={() => setOpened(true)}>
        {title}
      </Button>
      {opened && (
        <Modal
          opened
          onClose={() => setOpened(false)}
          title={title}
          closeButtonProps={{ 'aria-label': say('action.close') }}
        >
          <PartnerForm partner={partner} onCancel={() => setOpened(false)} onDone={done} />
        </Modal>
      )}
    </>
  );
}

interface PartnerFormProps {
  readonly partner: Partner | null;
  readonly onCancel: () => void;
  readonly onDone: (partner: Partner) => void;
}

function PartnerForm({ partner, onCancel, onDone }: PartnerFormProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const { typed, change, act, submit } = usePartnerForm(partner, onDone);
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <TextInput
          label={say('field.name')}
          required
          value={typed.name}
          error={expected('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={say('field.email')}
          type="email"
          required
          value={typed.email}
          error={expected('email')}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        {partner === null ? (
          <>
            <PartnerTypeInput type={typed.type} error={expected('type')} onChange={(type) => change({ type })} />
            <TextInput
              label={say('field.tier')}
              value={typed.tier}
              error={expected('tier')}
              onChange={(event) => change({ tier: event.currentTarget.value })}
            />
          </>
        ) : (
          <Standing status={typed.status} onChange={(status) => change({ status })} />
        )}
        <Group justify="end">
          <Button variant="default" onClick={onCancel}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say(partner === null ? 'partner.create' : 'partner.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Standing({ status, onChange }: { readonly status: string; readonly onChange: (status: string) => void }) {
  const { say, sayOf } = useWords();
  return (
    <>
      <NativeSelect
        label={say('field.status')}
        value={status}
        data={['active', 'inactive'].map((value) => ({ value, label: sayOf('partnerStatus', value) }))}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {status === 'inactive' && <Text size="sm">{say('partner.inactiveWords')}</Text>}
    </>
  );
}

type Typed = Readonly<Record<'name' | 'email' | 'status' | 'type' | 'tier', string>>;

/** What is typed, and sending it. */
function usePartnerForm(partner: Partner | null, onDone: (partner: Partner) => void) {
  // The partner may be read again while this is open.
  const [opened] = useState(partner);
  const [typed, setTyped] = useState<Typed>({
    ...{ name: partner?.name ?? '', email: partner?.email ?? '', status: partner?.status ?? 'active' },
    ...{ type: 'referral', tier: '' },
  });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const act = useAct<Partner>();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (opened === null) {
      const { name, email, type, tier } = typed;
      const body = { name, email, type, tier: tier.trim() === '' ? null : tier };
      act.mutate({ path: '/api/v1/partners', body }, { onSuccess: onDone });
    } else {
      const path = `/api/v1/partners/${encodeURIComponent(opened.id)}`;
      act.mutate({ path, method: 'PATCH', body: changeOfPartner(opened, typed) }, { onSuccess: onDone });
    }
  };
  return { typed, change, act, submit };
}
