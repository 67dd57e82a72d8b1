import { Paper, PasswordInput, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.js';
import type { OfferedInvitation } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { Outline } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { CompanyButton } from './company-sign-in.js';
import { DoorForm } from './door-form.js';
import { DoorPage } from './door-page.js';

/** Where somebody who was invited chooses a password, and is in. */
export function JoinPage({ token, onJoined }: { readonly token: string; readonly onJoined: () => void }) {
  const { say } = useWords();
  const path = `/api/v1/invitations/${encodeURIComponent(token)}`;
  const offer = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => call<OfferedInvitation>(path, { signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <DoorPage title={say('join.title')}>
      {offer.data === undefined ? (
        offer.error === null ? (
          <Outline lines={3} />
        ) : (
          <Fault error={offer.error} />
        )
      ) : (
        <Paper withBorder p="lg">
          <JoinForm path={path} offer={offer.data} onJoined={onJoined} />
        </Paper>
      )}
      {offer.data?.kind === 'operator' && (
        <CompanyButton label={say('join.byCompany')} callbackPath="/" refusedPath="/" />
      )}
    </DoorPage>
  );
}

interface JoinFormProps {
  readonly path: string;
  readonly offer: OfferedInvitation;
  readonly onJoined: () => void;
}

function JoinForm({ path, offer, onJoined }: JoinFormProps) {
  const { say } = useWords();
  const [name, setName] = useState(offer.name);
  const [password, setPassword] = useState('');
  const submit = async () => {
    await call(`${path}/accept`, { method: 'POST', body: { name, password } });
    await call('/api/auth/sign-in/email', { method: 'POST', body: { email: offer.email, password } });
    onJoined();
  };
  return (
    <DoorForm label={say('join.submit')} submit={submit}>
      <Text size="sm">{say('join.as', { email: offer.email })}</Text>
      <TextInput
        label={say('join.name')}
        autoComplete="name"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={say('join.password')}
        description={say('join.passwordHint')}
        autoComplete="new-password"
        required
        minLength={12}
        value={password}
        visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </DoorForm>
  );
}
