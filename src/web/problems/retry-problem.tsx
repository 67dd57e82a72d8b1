import { Button, Group, Text } from '@mantine/core';
import { useAct } from '../api/queries.js';
import { useErrorWords } from '../parts/fault.js';
import { useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** Has what was set aside tried again. */
export function RetryProblem({ id }: { readonly id: string }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const act = useAct<unknown>();
  if (!useMay('problems:retry')) return null;
  return (
    <Group gap="sm">
      <Button
        size="xs"
        variant="default"
        loading={act.isPending}
        onClick={() => act.mutate({ path: `/api/v1/problems/${encodeURIComponent(id)}/retry` })}
      >
        {say('problems.retry')}
      </Button>
      <Text size="sm" role="status">
        {act.isSuccess && say('problems.retried')}
        {act.error !== null && errorWords(act.error)}
      </Text>
    </Group>
  );
}
