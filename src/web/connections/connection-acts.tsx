import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/queries.js';
import type { BegunSignIn, Connection, Disconnected, Examined, Provisioned } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DisconnectForm } from './disconnect-form.js';

/** What a person may do about a connection, and what came of it. */
export function ConnectionActs({ connection }: { readonly connection: Connection }) {
  const { say } = useWords();
  const may = useMay('connections:manage');
  const [outcome, setOutcome] = useState<string | null>(null);
  if (!may) return null;
  return (
    <>
      <Group gap="sm">
        {connection.signIn === 'web' && <SignIn connection={connection} onOutcome={setOutcome} />}
        {connection.connected && <Care connection={connection} onOutcome={setOutcome} />}
      </Group>
      {connection.signIn !== 'web' && (
        <Text size="sm" c="dimmed">
          {say('connections.environment')}
        </Text>
      )}
      <Text size="sm" role="status">
        {outcome}
      </Text>
    </>
  );
}

interface ActsProps {
  readonly connection: Connection;
  readonly onOutcome: (words: string | null) => void;
}

function pathOf({ id }: Connection, act: string): string {
  return `/api/v1/connections/${encodeURIComponent(id)}/${act}`;
}

function SignIn({ connection, onOutcome }: ActsProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [isEnding, setEnding] = useState(false);
  const begin = useAct<BegunSignIn>();
  const connect = () =>
    begin.mutate(
      { path: pathOf(connection, 'sign-ins') },
      {
        onSuccess: ({ url }) => window.location.assign(url),
        onError: (error) => onOutcome(errorWords(error)),
      },
    );
  const ended = ({ refusal }: Disconnected) => {
    setEnding(false);
    onOutcome(
      refusal === null ? say('connections.disconnected') : say('connections.disconnectedUnrevoked', { refusal }),
    );
  };
  return (
    <>
      <Button
        variant={connection.connected ? 'default' : 'filled'}
        loading={begin.isPending || begin.isSuccess}
        onClick={connect}
      >
        {say(connection.connected ? 'connections.connectAgain' : 'connections.connect')}
      </Button>
      {connection.connected && (
        <Button variant="default" onClick={() => setEnding(true)}>
          {say('connections.disconnect')}
        </Button>
      )}
      <Modal
        opened={isEnding}
        onClose={() => setEnding(false)}
        title={say('connections.disconnectTitle', { name: connection.name })}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        <DisconnectForm path={pathOf(connection, 'disconnect')} onEnded={ended} onCancel={() => setEnding(false)} />
      </Modal>
    </>
  );
}

function Care({ connection, onOutcome }: ActsProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const provision = useAct<Provisioned>();
  const examine = useAct<Examined>();
  const onError = (error: unknown) => onOutcome(errorWords(error));
  const made = ({ created, existing }: Provisioned) =>
    onOutcome(
      created.length === 0
        ? say('connections.provisionedAll', { existing: existing.length })
        : say('connections.provisionedSome', { created: created.join(', ') }),
    );
  const looked = ({ findings }: Examined) =>
    onOutcome(
      findings.length === 0
        ? say('connections.examinedWell')
        : say('connections.examinedBadly', { count: findings.length }),
    );
  return (
    <>
      <Button
        variant="default"
        loading={provision.isPending}
        onClick={() => provision.mutate({ path: pathOf(connection, 'provision') }, { onSuccess: made, onError })}
      >
        {say('connections.provision')}
      </Button>
      <Button
        variant="default"
        loading={examine.isPending}
        onClick={() => examine.mutate({ path: pathOf(connection, 'examine') }, { onSuccess: looked, onError })}
      >
        {say('connections.lookAgain')}
      </Button>
    </>
  );
}
