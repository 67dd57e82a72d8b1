import { Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { Fault } from './fault.js';

interface PageProps {
  readonly title: string;
  /** Where this page was opened from. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its heading, which is also what the browser's tab says. */
export function Page({ title, back, aside, children }: PageProps) {
  const { programName } = useMe();
  useEffect(() => {
    document.title = `${title} – ${programName}`;
  }, [title, programName]);
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        {back !== undefined && (
          <Anchor component={Link} to={back.to} size="sm">
            ← {back.label}
          </Anchor>
        )}
        <Group justify="space-between" align="center">
          <Title order={1}>{title}</Title>
          {aside}
        </Group>
      </Stack>
      {children}
    </Stack>
  );
}

interface LoadedProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  readonly children: (data: T) => ReactNode;
}

/** What was asked for, as soon as it is there; until then its outline, or why it cannot be had. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Fault error={query.error} retry={() => void query.refetch()} />;
  return <Outline />;
}

/** Something is on its way. */
export function Outline({ lines = 5 }: { readonly lines?: number }) {
  const { say } = useWords();
  return (
    <Stack gap="xs" role="status" aria-label={say('state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={18} width={`${100 - line * 8}%`} />
      ))}
    </Stack>
  );
}

/** There is nothing, and that is how it should be; with what to do next where there is something. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <Stack align="flex-start" gap="sm" py="lg">
      <Text c="dimmed">{children}</Text>
      {action}
    </Stack>
  );
}
