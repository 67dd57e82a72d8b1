import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import type { PlanCheck } from '../../api/shapes.js';

const typingPauseMs = 400;

/** What the service says of the text, asked after each pause of whoever writes. */
export function usePlanCheck(slug: string, text: string) {
  const [document] = useDebouncedValue(text, typingPauseMs);
  const query = useQuery({
    queryKey: ['plan-check', slug, document],
    queryFn: ({ signal }) =>
      call<PlanCheck>(`/api/v1/plans/${encodeURIComponent(slug)}/check`, { method: 'POST', document, signal }),
    placeholderData: keepPreviousData,
  });
  return { check: query.data, error: query.error, isCurrent: document === text && !query.isFetching };
}
