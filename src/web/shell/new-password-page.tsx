import { Alert, Anchor, Paper, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api/call.js';
import { useWords } from '../words/use-words.js';
import { DoorForm } from './door-form.js';
import { DoorPage } from './door-page.js';

const shortest = 12;

/** Where the mailed link of somebody who forgot the password leads. */
export default function NewPasswordPage() {
  const { say } = useWords();
  const token = new URLSearchParams(window.location.search).get('token');
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const submit = async () => {
    await call('/api/auth/reset-password', { method: 'POST', body: { newPassword: password, token } });
    setDone(true);
  };
  return (
    <DoorPage title={say('newPassword.title')}>
      {token === null && (
        <Alert color="red" variant="outline" role="alert">
          {say('newPassword.tooOld')}
        </Alert>
      )}
      {token !== null && !isDone && (
        <Paper withBorder p="lg">
          <DoorForm label={say('newPassword.submit')} submit={submit}>
            <PasswordInput
              label={say('join.password')}
              description={say('join.passwordHint')}
              autoComplete="new-password"
              required
              minLength={shortest}
              value={password}
              visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </DoorForm>
        </Paper>
      )}
      {isDone && (
        <Alert color="green" variant="outline" role="status">
          {say('newPassword.done')}
        </Alert>
      )}
      <Anchor href="/">{say('newPassword.signIn')}</Anchor>
    </DoorPage>
  );
}
