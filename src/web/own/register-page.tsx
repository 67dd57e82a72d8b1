import { useState } from 'react';
import { useAnswer } from '../api/queries.js';
import type { LeadForm, Submitted } from '../api/shapes.js';
import { Loaded, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { RegisterForm } from './register-form.js';
import { Registered } from './registered.js';

/** Registers a lead, and shows the receipt at once. */
export default function RegisterPage() {
  const { say } = useWords();
  const [submitted, setSubmitted] = useState<Submitted | null>(null);
  const query = useAnswer<LeadForm>('/api/v1/form');
  if (submitted !== null) {
    return (
      <Page title={say('registered.title')}>
        <Registered submitted={submitted} onAnother={() => setSubmitted(null)} />
      </Page>
    );
  }
  return (
    <Page title={say('nav.register')}>
      <Loaded query={query}>{(asked) => <RegisterForm asked={asked} onSubmitted={setSubmitted} />}</Loaded>
    </Page>
  );
}
