import { Badge, Box, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { DeskCounts } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';
import { useMe } from './who.js';

const path = '/api/v1/desk-counts';
const everyMs = 60_000;
const mostShown = 99;

/** How much waits where, for operators; asked again once a minute while the page is looked at, and after everything that is done. */
export function useDeskCounts(): DeskCounts | undefined {
  const { kind } = useMe();
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => call<DeskCounts>(path, { signal }),
    enabled: kind === 'operator',
    refetchInterval: everyMs,
    retry: false,
  }).data;
}

/** A small figure beside a destination. Its place is kept, so that nothing moves when it comes. */
export function WaitingBadge({ count }: { readonly count: number | null | undefined }) {
  const { say } = useWords();
  return (
    <Box w={30} ta="right">
      {count !== null && count !== undefined && count > 0 && (
        <Badge size="sm" variant="light" color="gray" px={6} c="var(--mantine-color-text)">
          <span aria-hidden="true">{count > mostShown ? `${mostShown}+` : count}</span>
          <VisuallyHidden>{say('nav.waiting', { count })}</VisuallyHidden>
        </Badge>
      )}
    </Box>
  );
}
