import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../words/use-words.js';

const slugPattern = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** A plan that nobody wrote yet needs its name first. */
export function NewPlan() {
  const { say } = useWords();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [isTold, setTold] = useState(false);
  const isFit = slugPattern.test(name);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTold(true);
    if (isFit) void navigate(`/plans/${name}/edit`);
  };
  return (
    <>
      <Button onClick={() => setOpened(true)}>{say('planEdit.new')}</Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={say('planEdit.new')}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        <form onSubmit={submit} noValidate>
          <Stack>
            <TextInput
              label={say('planEdit.name')}
              description={say('planEdit.nameHint')}
              required
              data-autofocus
              maxLength={60}
              value={name}
              error={isTold && !isFit && say('field.expected', { expected: say('planEdit.nameHint') })}
              onChange={(event) => setName(event.currentTarget.value.trim())}
            />
            <Group justify="end">
              <Button type="submit">{say('factor.begin')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
