import { Alert, Button, Group, List, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { BookVerdict } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** Proves the whole book when somebody asks for it. */
export function BookCheck() {
  const { say } = useWords();
  const format = useFormat();
  const check = useMutation({ mutationFn: () => call<BookVerdict>('/api/v1/journal/check') });
  return (
    <>
      <Group>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {say('journal.check')}
        </Button>
        <Text size="sm" c="dimmed">
          {say('journal.checkWords')}
        </Text>
      </Group>
      {check.error !== null && <Fault error={check.error} />}
      {check.data !== undefined && (
        <Alert
          color={check.data.holds ? 'green' : 'red'}
          variant="outline"
          role="status"
          title={
            check.data.holds ? say('journal.holds', { entries: check.data.entries ?? 0 }) : say('journal.doesNotHold')
          }
        >
          <List size="sm">
            {check.data.claims.map((claim) => (
              <List.Item key={claim}>{claim}</List.Item>
            ))}
          </List>
          <Text size="sm">{check.data.fault}</Text>
          <Text size="xs" c="dimmed">
            {format.moment(check.data.checkedAt)}
          </Text>
        </Alert>
      )}
    </>
  );
}
