import { Alert, Anchor, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.js';
import type { ApplicationForm } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { Outline } from '../parts/page.js';
import { DoorPage } from '../shell/door-page.js';
import { useWords } from '../words/use-words.js';
import { ApplyForm } from './apply-form.js';

const path = '/api/v1/application-form';

/** Where anybody asks to become a partner. */
export default function ApplyPage() {
  const { say } = useWords();
  const form = useQuery({ queryKey: [path], queryFn: ({ signal }) => call<ApplicationForm>(path, { signal }) });
  const [sent, setSent] = useState(false);
  const title = say('apply.title', { program: form.data?.programName ?? '…' });
  if (form.data === undefined) {
    return (
      <DoorPage title={say('apply.short')} width={560}>
        {form.error === null ? <Outline /> : <Fault error={form.error} retry={() => void form.refetch()} />}
      </DoorPage>
    );
  }
  if (sent) {
    return (
      <DoorPage title={title} width={560}>
        <Alert color="teal" variant="outline" role="status" title={say('apply.received')}>
          {say('apply.next')}
        </Alert>
      </DoorPage>
    );
  }
  return (
    <DoorPage title={title} width={560}>
      {form.data.open ? (
        <>
          <Text size="sm">{say('apply.words')}</Text>
          <Paper withBorder p="lg">
            <ApplyForm form={form.data} onSent={() => setSent(true)} />
          </Paper>
        </>
      ) : (
        <Alert variant="outline" role="status">
          {say('apply.closed')}
        </Alert>
      )}
      <Anchor href="/">{say('apply.signIn')}</Anchor>
    </DoorPage>
  );
}
