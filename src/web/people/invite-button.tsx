import { Alert, Button, Code, CopyButton, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { IssuedInvitation } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';

interface InviteProps {
  readonly path: string;
  readonly roles: readonly string[];
}

/** Asks somebody in. */
export function InviteButton(props: InviteProps) {
  const { say } = useWords();
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button onClick={() => setOpened(true)}>{say('people.invite')}</Button>
      {opened && (
        <Modal
          opened
          onClose={close}
          title={say('people.inviteTitle')}
          closeButtonProps={{ 'aria-label': say('action.close') }}
        >
          <InviteForm {...props} onDone={close} />
        </Modal>
      )}
    </>
  );
}

function InviteForm({ path, roles, onDone }: InviteProps & { readonly onDone: () => void }) {
  const { say, sayOf } = useWords();
  const errorWords = useErrorWords();
  const [typed, setTyped] = useState({ name: '', email: '', role: roles[0] ?? '' });
  const act = useAct<IssuedInvitation>();
  if (act.data !== undefined) return <InviteLink url={act.data.url} onDone={onDone} />;
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.mutate({ path, body: typed });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <TextInput
          label={say('people.name')}
          required
          value={typed.name}
          error={expected('name')}
          onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, name: value }))}
        />
        <TextInput
          label={say('people.email')}
          type="email"
          required
          value={typed.email}
          error={expected('email')}
          onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, email: value }))}
        />
        <NativeSelect
          label={say('people.role')}
          data={roles.map((role) => ({ value: role, label: sayOf('role', role) }))}
          value={typed.role}
          onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, role: value }))}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say('people.invite')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function InviteLink({ url, onDone }: { readonly url: string; readonly onDone: () => void }) {
  const { say } = useWords();
  return (
    <Stack>
      <Alert color="green" variant="outline" role="status">
        {say('people.link')}
      </Alert>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {url}
      </Code>
      <Group justify="end">
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {say(copied ? 'action.copied' : 'action.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{say('action.close')}</Button>
      </Group>
    </Stack>
  );
}
