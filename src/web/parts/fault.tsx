import { Alert, Button, Stack, Text } from '@mantine/core';
import { ApiProblem, ConnectionLost } from '../api/problem.js';
import { useWords } from '../words/use-words.js';

/** What went wrong, for a person: the service's own words where it has some. */
export function useErrorWords(): (error: unknown) => string {
  const { say } = useWords();
  return (error) => {
    if (error instanceof ConnectionLost) return say('fault.connection');
    return error instanceof ApiProblem ? error.message : say('fault.unknown');
  };
}

interface FaultProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** Instead of what could not be had: why, and a way to try again. */
export function Fault({ error, retry }: FaultProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const requestId = error instanceof ApiProblem && error.status >= 500 ? error.requestId : null;
  return (
    <Alert color="red" variant="outline" role="alert" title={say('fault.title')} maw={640}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{errorWords(error)}</Text>
        {requestId !== null && (
          <Text size="xs" c="dimmed">
            {say('fault.request', { id: requestId })}
          </Text>
        )}
        {retry !== undefined && (
          <Button size="xs" variant="default" onClick={retry}>
            {say('fault.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
