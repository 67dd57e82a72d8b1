import { Alert, Anchor, Code, List, Paper, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api/call.js';
import { QrCode } from '../parts/qr-code.js';
import { useWords } from '../words/use-words.js';
import { CodeForm } from './code-form.js';
import { DoorPage } from './door-page.js';
import { DoorForm } from './door-form.js';

interface Secret {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

/** Where an operator who has only a password sets up the second factor, without which nothing is shown. */
export default function SecondFactorPage({ onDone }: { readonly onDone: () => void }) {
  const { say } = useWords();
  const [secret, setSecret] = useState<Secret | null>(null);
  return (
    <DoorPage title={say('factor.title')}>
      <Text size="sm">{say('factor.why')}</Text>
      <Paper withBorder p="lg">
        {secret === null ? <BeginForm onBegun={setSecret} /> : <Setup secret={secret} onDone={onDone} />}
      </Paper>
    </DoorPage>
  );
}

function BeginForm({ onBegun }: { readonly onBegun: (secret: Secret) => void }) {
  const { say } = useWords();
  const [password, setPassword] = useState('');
  return (
    <DoorForm
      label={say('factor.begin')}
      submit={async () => {
        onBegun(await call<Secret>('/api/auth/two-factor/enable', { method: 'POST', body: { password } }));
      }}
    >
      <PasswordInput
        label={say('factor.password')}
        autoComplete="current-password"
        required
        value={password}
        visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </DoorForm>
  );
}

function Setup({ secret, onDone }: { readonly secret: Secret; readonly onDone: () => void }) {
  const { say } = useWords();
  const key = new URL(secret.totpURI).searchParams.get('secret') ?? '';
  return (
    <Stack>
      <Text size="sm">{say('factor.key')}</Text>
      <QrCode text={secret.totpURI} label={say('factor.qr')} />
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {(key.match(/.{1,4}/g) ?? []).join(' ')}
      </Code>
      <Anchor href={secret.totpURI} size="sm">
        {say('factor.open')}
      </Anchor>
      <Alert color="yellow" variant="outline" title={say('factor.spareTitle')}>
        <Text size="sm">{say('factor.spare')}</Text>
        <List size="sm" listStyleType="none">
          {secret.backupCodes.map((code) => (
            <List.Item key={code}>
              <Code>{code}</Code>
            </List.Item>
          ))}
        </List>
      </Alert>
      <CodeForm onDone={onDone} spare={false} />
    </Stack>
  );
}
