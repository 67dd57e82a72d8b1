import { Alert, Anchor, Paper, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api/call.js';
import { useWords } from '../words/use-words.js';
import { CompanyButton, CompanyRefusal } from './company-sign-in.js';
import { CodeForm } from './code-form.js';
import { DoorForm } from './door-form.js';
import { DoorPage } from './door-page.js';

type Way = 'password' | 'link' | 'forgotten';
type Step = { readonly kind: 'who' } | { readonly kind: 'sent'; readonly to: string } | { readonly kind: 'code' };

/** Signs in with a password, a mailed link, or through the vendor's identity provider. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { say } = useWords();
  const [way, setWay] = useState<Way>('password');
  const [step, setStep] = useState<Step>({ kind: 'who' });
  if (step.kind === 'code') {
    return (
      <DoorPage title={say('signIn.title')}>
        <Paper withBorder p="lg">
          <CodeForm onDone={onSignedIn} />
        </Paper>
      </DoorPage>
    );
  }
  return (
    <DoorPage title={say('signIn.title')}>
      <CompanyRefusal />
      {step.kind === 'who' ? (
        <Paper withBorder p="lg">
          <SignInForm key={way} way={way} onSignedIn={onSignedIn} onStep={setStep} />
        </Paper>
      ) : (
        <Alert color="green" variant="outline" role="status" title={say('signIn.sentTitle')}>
          {say('signIn.sent', { email: step.to })}
        </Alert>
      )}
      <Anchor
        component="button"
        type="button"
        onClick={() => {
          setStep({ kind: 'who' });
          setWay(way === 'password' ? 'link' : 'password');
        }}
      >
        {say(way === 'password' ? 'signIn.byLink' : 'signIn.byPassword')}
      </Anchor>
      {way === 'password' && step.kind === 'who' && (
        <Anchor component="button" type="button" onClick={() => setWay('forgotten')}>
          {say('signIn.forgotten')}
        </Anchor>
      )}
      <CompanyButton
        label={say('signIn.byCompany')}
        callbackPath={window.location.pathname}
        refusedPath={window.location.pathname}
      />
    </DoorPage>
  );
}

/** What has a link mailed, which leads to these pages. */
const mailed = {
  link: ['/api/auth/sign-in/magic-link', { callbackURL: '/' }],
  forgotten: ['/api/auth/request-password-reset', { redirectTo: '/new-password' }],
} as const;

interface FormProps {
  readonly way: Way;
  readonly onSignedIn: () => void;
  readonly onStep: (step: Step) => void;
}

function SignInForm({ way, onSignedIn, onStep }: FormProps) {
  const { say } = useWords();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    if (way !== 'password') {
      const [path, body] = mailed[way];
      await call(path, { method: 'POST', body: { ...body, email } });
      onStep({ kind: 'sent', to: email });
      return;
    }
    const answer = await call<{ readonly twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', {
      method: 'POST',
      body: { email, password },
    });
    if (answer.twoFactorRedirect === true) onStep({ kind: 'code' });
    else onSignedIn();
  };
  return (
    <DoorForm label={say(way === 'password' ? 'signIn.submit' : 'signIn.sendLink')} submit={submit}>
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
    </DoorForm>
  );
}
