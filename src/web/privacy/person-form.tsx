import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Erasure, PersonExport } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { saveFile } from '../parts/save-file.js';
import { useWords } from '../words/use-words.js';

/** Tells what is held about somebody, or erases them once their address was typed a second time. */
export function PersonForm() {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const { email, setEmail, again, setAgain, erase, tell, expected, differs, submitErasure, submitExport } = usePerson();
  const failed = erase.error ?? tell.error;
  return (
    <Stack maw={560}>
      <Text size="sm">{say('privacy.askHint')}</Text>
      {failed !== null && expected === undefined && (
        <Alert color="red" variant="outline" role="alert">
          {errorWords(failed)}
        </Alert>
      )}
      <TextInput
        label={say('privacy.address')}
        description={say('privacy.addressHint')}
        type="email"
        autoComplete="off"
        required
        value={email}
        error={expected}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Group>
        <Button variant="default" loading={tell.isPending} onClick={submitExport}>
          {say('privacy.export')}
        </Button>
        {tell.data?.held.length === 0 && <Text size="sm">{say('privacy.nothing')}</Text>}
      </Group>
      <TextInput
        label={say('privacy.again')}
        description={say('privacy.againHint')}
        type="email"
        autoComplete="off"
        value={again}
        error={differs && say('field.expected', { expected: say('privacy.againExpected') })}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      <Group>
        <Button color="red" loading={erase.isPending} onClick={submitErasure}>
          {say('privacy.erase')}
        </Button>
        <Text size="sm" role="status">
          {erase.data !== undefined && say('privacy.done')}
        </Text>
      </Group>
    </Stack>
  );
}

function usePerson() {
  const { say } = useWords();
  const [email, setEmail] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const erase = useAct<Erasure>();
  const tell = useAct<PersonExport>();
  const [fault] = [erase.error, tell.error].flatMap((error) =>
    error instanceof ApiProblem ? (faultsByField(error).email ?? []) : [],
  );
  const body = { email: email.trim() };
  const submitExport = () => {
    erase.reset();
    const save = (answer: PersonExport) => {
      if (answer.held.length > 0) saveFile('person.json', 'application/json', JSON.stringify(answer, null, 2));
    };
    tell.mutate({ path: '/api/v1/person-exports', body }, { onSuccess: save });
  };
  const submitErasure = () => {
    tell.reset();
    const isSame = email.trim().toLowerCase() === again.trim().toLowerCase();
    setDiffers(!isSame);
    if (!isSame) return;
    const clear = () => {
      setEmail('');
      setAgain('');
    };
    erase.mutate({ path: '/api/v1/erasures', body }, { onSuccess: clear });
  };
  const expected = fault && say('field.expected', { expected: fault });
  return { email, setEmail, again, setAgain, erase, tell, expected, differs, submitErasure, submitExport };
}
