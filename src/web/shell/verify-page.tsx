import { Alert, Anchor, FileInput, Paper, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api/call.js';
import type { SignatureVerdict } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';
import { DoorForm } from './door-form.js';
import { DoorPage } from './door-page.js';

export const verifyPath = '/verify';

/** Where anybody has a receipt or the working of a line checked, without an account. */
export function VerifyPage() {
  const { say } = useWords();
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<SignatureVerdict | null>(null);
  const change = (next: string): void => {
    setText(next);
    setVerdict(null);
  };
  const submit = async (): Promise<void> => {
    const document = objectIn(text);
    if (document === null) setVerdict({ kind: 'not-signed', keyId: null });
    else setVerdict(await call<SignatureVerdict>('/api/v1/signatures/verify', { method: 'POST', body: document }));
  };
  return (
    <DoorPage title={say('verify.title')}>
      <Text size="sm">{say('verify.words')}</Text>
      <Paper withBorder p="lg">
        <DoorForm label={say('verify.submit')} submit={submit}>
          <FileInput
            label={say('verify.file')}
            accept="application/json,.json"
            onChange={(file) => void file?.text().then(change)}
          />
          <Textarea
            label={say('verify.text')}
            required
            autosize
            minRows={6}
            maxRows={16}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={text}
            onChange={({ currentTarget: { value } }) => change(value)}
          />
        </DoorForm>
      </Paper>
      {verdict !== null && <Answer verdict={verdict} />}
      <Anchor href="/">{say('verify.home')}</Anchor>
    </DoorPage>
  );
}

function Answer({ verdict: { kind, keyId } }: { readonly verdict: SignatureVerdict }) {
  const { say } = useWords();
  const isGenuine = kind === 'genuine';
  return (
    <Alert
      color={isGenuine ? 'teal' : 'red'}
      variant="outline"
      role={isGenuine ? 'status' : 'alert'}
      title={say(isGenuine ? 'verify.genuine' : 'verify.notGenuine')}
    >
      {say(`verify.kind.${kind}`, { key: keyId ?? '' })}
    </Alert>
  );
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
