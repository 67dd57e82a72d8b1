import { Alert, Anchor, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { call } from '../api/call.js';
import { useWords } from '../words/use-words.js';
import { useErrorWords } from '../parts/fault.js';
import { Preferences } from './preferences.js';

type Way = 'password' | 'link';

/** Signs in with a password, or has a link mailed. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { say } = useWords();
  const [way, setWay] = useState<Way>('password');
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={380}>
        <Title order={1}>{say('signIn.title')}</Title>
        {sentTo === null ? (
          <Paper withBorder p="lg">
            <SignInForm key={way} way={way} onSignedIn={onSignedIn} onSent={setSentTo} />
          </Paper>
        ) : (
          <Alert color="green" variant="outline" role="status" title={say('signIn.sentTitle')}>
            {say('signIn.sent', { email: sentTo })}
          </Alert>
        )}
        <Anchor
          component="button"
          type="button"
          onClick={() => {
            setSentTo(null);
            setWay(way === 'password' ? 'link' : 'password');
          }}
        >
          {say(way === 'password' ? 'signIn.byLink' : 'signIn.byPassword')}
        </Anchor>
        <Preferences />
      </Stack>
    </Center>
  );
}

interface FormProps {
  readonly way: Way;
  readonly onSignedIn: () => void;
  readonly onSent: (email: string) => void;
}

function SignInForm({ way, onSignedIn, onSent }: FormProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      if (way === 'password') {
        await call('/api/auth/sign-in/email', { method: 'POST', body: { email, password } });
        onSignedIn();
      } else {
        await call('/api/auth/sign-in/magic-link', { method: 'POST', body: { email } });
        onSent(email);
      }
    } catch (error) {
      setFault(errorWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {fault !== null && (
          <Alert color="red" variant="outline" role="alert">
            {fault}
          </Alert>
        )}
        <TextInput
          label={say('signIn.email')}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {way === 'password' && (
          <PasswordInput
            label={say('signIn.password')}
            autoComplete="current-password"
            required
            value={password}
            visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <Button type="submit" loading={busy}>
          {say(way === 'password' ? 'signIn.submit' : 'signIn.sendLink')}
        </Button>
      </Stack>
    </form>
  );
}
