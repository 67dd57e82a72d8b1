import { Alert, Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Decided, Registration } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { possibleActs, type PartnerAct } from '../registrations/possible-decisions.js';
import { useWords } from '../words/use-words.js';
import { AnswerForm } from './answer-form.js';

/** What the partner can do with a registration now. */
export function PartnerActs({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const [opened, setOpened] = useState<PartnerAct | null>(null);
  const possible = possibleActs(registration.status);
  if (possible.length === 0) return null;
  const close = () => setOpened(null);
  return (
    <>
      <Group gap="xs">
        {possible.map((act) => (
          <Button
            key={act}
            size="sm"
            variant={act === 'resubmit' ? 'filled' : 'default'}
            onClick={() => setOpened(act)}
          >
            {say(`act.${act}`)}
          </Button>
        ))}
      </Group>
      <Modal
        opened={opened !== null}
        onClose={close}
        size={opened === 'resubmit' ? 'lg' : 'md'}
        title={opened === null ? '' : say(`act.${opened}.title`)}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        {opened === 'resubmit' && <AnswerForm registration={registration} onDone={close} />}
        {opened !== null && opened !== 'resubmit' && (
          <ActForm act={opened} registration={registration} onDone={close} />
        )}
      </Modal>
    </>
  );
}

interface ActFormProps {
  readonly act: Exclude<PartnerAct, 'resubmit'>;
  readonly registration: Registration;
  readonly onDone: () => void;
}

function ActForm({ act, registration, onDone }: ActFormProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const sent = useAct<Decided>();
  const fault = sent.error instanceof ApiProblem ? faultsByField(sent.error)['reason'] : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const path = `/api/v1/registrations/${encodeURIComponent(registration.id)}/${act}`;
    sent.mutate({ path, body: { reason } }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {sent.error !== null && fault === undefined && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(sent.error)}
          </Alert>
        )}
        <Textarea
          label={say('decide.reason')}
          description={say(`act.${act}.hint`)}
          required={act !== 'withdraw'}
          maxLength={1000}
          autosize
          minRows={3}
          data-autofocus
          value={reason}
          error={fault && say('field.expected', { expected: fault })}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={sent.isPending}>
            {say(`act.${act}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
