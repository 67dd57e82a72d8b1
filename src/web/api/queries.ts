import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { call, newIdempotencyKey } from './call.js';

/** What the service answers at a path; the path is also what it is remembered by. */
export function useAnswer<T>(path: string, options: { readonly enabled?: boolean; readonly staleTime?: number } = {}) {
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => call<T>(path, { signal }),
    enabled: options.enabled ?? true,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
  });
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A list, page after page. */
export function useList<T>(path: string) {
  const query = useInfiniteQuery({
    queryKey: [path, 'pages'],
    queryFn: ({ pageParam, signal }) => call<Page<T>>(withCursor(path, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  return { ...query, path, items: query.data?.pages.flatMap((page) => page.items) };
}

const mostAPage = '200';

/** A whole list, whatever is shown of it. */
export async function readAll<T>(path: string): Promise<readonly T[]> {
  const items: T[] = [];
  const [base = path, asked] = path.split('?');
  const query = new URLSearchParams(asked);
  query.set('limit', mostAPage);
  let next: string | null = `${base}?${query.toString()}`;
  while (next !== null) {
    const page: Page<T> = await call<Page<T>>(next);
    items.push(...page.items);
    query.set('cursor', page.nextCursor ?? '');
    next = page.nextCursor === null ? null : `${base}?${query.toString()}`;
  }
  return items;
}

export type ListQuery<T> = ReturnType<typeof useList<T>>;

function withCursor(path: string, cursor: string | null): string {
  if (cursor === null) return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}

export interface Act {
  readonly path: string;
  readonly body?: unknown;
  /** A text in place of the body. */
  readonly document?: string;
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly idempotencyKey?: string;
}

/** Does something, and has everything that is shown asked for again, also when it was refused: somebody else may have been faster. */
export function useAct<T>() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body = {}, document, method = 'POST', idempotencyKey = newIdempotencyKey() }: Act) =>
      call<T>(path, {
        method,
        idempotencyKey,
        ...(document === undefined ? { body: method === 'DELETE' ? undefined : body } : { document }),
      }),
    onSettled: () => client.invalidateQueries(),
  });
}

/** A path with what its query says; what is empty is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

type Named<T> = Pick<UseQueryResult<T>, 'data'>;

const namesFreshMs = 5 * 60_000;

/**
 * One of many that a page names, such as the partner of each row: a list of the newest two hundred names most of them at once, and
 * what is not in it is asked for by itself.
 */
export function useNamed<T extends { readonly id: string }>(path: string, id: string): Named<T> {
  const list = `${path}?limit=200`;
  const newest = useQuery({
    queryKey: [list],
    queryFn: ({ signal }) => call<Page<T>>(list, { signal }),
    staleTime: namesFreshMs,
  });
  const listed = newest.data?.items.find((one) => one.id === id);
  const single = useAnswer<T>(`${path}/${encodeURIComponent(id)}`, {
    enabled: !newest.isPending && listed === undefined,
  });
  return { data: listed ?? single.data };
}
