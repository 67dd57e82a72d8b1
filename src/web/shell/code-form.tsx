import { Anchor, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api/call.js';
import { useWords } from '../words/use-words.js';
import { DoorForm } from './door-form.js';

/** Asks for the code that the authenticator shows now, or where they are of use already for one of the spare ones. */
export function CodeForm({ onDone, spare = true }: { readonly onDone: () => void; readonly spare?: boolean }) {
  const { say } = useWords();
  const [code, setCode] = useState('');
  const [isSpare, setIsSpare] = useState(false);
  const path = isSpare ? '/api/auth/two-factor/verify-backup-code' : '/api/auth/two-factor/verify-totp';
  return (
    <Stack>
      <DoorForm
        label={say('factor.submit')}
        submit={async () => {
          await call(path, { method: 'POST', body: { code: code.trim() } });
          onDone();
        }}
      >
        <TextInput
          label={say(isSpare ? 'factor.spareCode' : 'factor.code')}
          autoComplete="one-time-code"
          inputMode={isSpare ? 'text' : 'numeric'}
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </DoorForm>
      {spare && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => {
            setCode('');
            setIsSpare(!isSpare);
          }}
        >
          {say(isSpare ? 'factor.byCode' : 'factor.bySpare')}
        </Anchor>
      )}
    </Stack>
  );
}
