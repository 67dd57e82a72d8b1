import { useState } from 'react';
import type { Submitted } from '../api/shapes.js';
import { Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { RegisterForm } from './register-form.js';
import { Registered } from './registered.js';

/** Registers a lead, and shows the receipt at once. */
export default function RegisterPage() {
  const { say } = useWords();
  const [submitted, setSubmitted] = useState<Submitted | null>(null);
  if (submitted !== null) {
    return (
      <Page title={say('registered.title')}>
        <Registered submitted={submitted} onAnother={() => setSubmitted(null)} />
      </Page>
    );
  }
  return (
    <Page title={say('nav.register')}>
      <RegisterForm onSubmitted={setSubmitted} />
    </Page>
  );
}
