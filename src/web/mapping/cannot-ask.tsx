import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';
import type { CrmList } from './crm-lists.js';

/** Why the CRM's own list cannot be had, in its words; nothing is lost by going on without it. */
export function CannotAsk({ list }: { readonly list: Pick<CrmList<unknown>, 'error' | 'readAgain' | 'isFetching'> }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  if (list.error === null) return null;
  return (
    <Alert color="orange" variant="outline" role="alert" title={say('mapping.cannotAsk')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{errorWords(list.error)}</Text>
        <Text size="sm">{say('mapping.typeNames')}</Text>
        <Button size="xs" variant="default" loading={list.isFetching} onClick={list.readAgain}>
          {say('fault.retry')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Asks the CRM once more, for who has just made a field there. */
export function ReadAgain({
  lists,
}: {
  readonly lists: readonly Pick<CrmList<unknown>, 'readAgain' | 'isFetching'>[];
}) {
  const { say } = useWords();
  const readAll = () => lists.forEach(({ readAgain }) => readAgain());
  return (
    <Group>
      <Button size="xs" variant="default" loading={lists.some(({ isFetching }) => isFetching)} onClick={readAll}>
        {say('mapping.readAgain')}
      </Button>
    </Group>
  );
}
