import { Button, Group, Text } from '@mantine/core';
import { useAct } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useMay, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** Who answers a registration, and the way to take it, or to give it back. */
export function AssignButton({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const { id } = useMe();
  const errorWords = useErrorWords();
  const act = useAct();
  const may = useMay('registrations:decide');
  const assignee = registration.review?.assignee ?? null;
  const assign = (to: 'me' | 'nobody') => {
    const seen = to === 'me' && assignee !== null ? { insteadOf: assignee.id } : {};
    const path = `/api/v1/registrations/${encodeURIComponent(registration.id)}/assign`;
    act.mutate({ path, body: { to, ...seen } });
  };
  const company = registration.company.name;
  const isMine = assignee?.id === id;
  return (
    <Group gap="xs" wrap="nowrap">
      {assignee !== null && <Text size="sm">{assignee.name}</Text>}
      {may && (
        <Button
          size="compact-xs"
          variant="default"
          loading={act.isPending}
          aria-label={say(isMine ? 'reviews.giveBackOf' : 'reviews.takeOf', { company })}
          onClick={() => assign(isMine ? 'nobody' : 'me')}
        >
          {say(isMine ? 'reviews.giveBack' : 'reviews.take')}
        </Button>
      )}
      {act.error !== null && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {errorWords(act.error)}
        </Text>
      )}
    </Group>
  );
}
