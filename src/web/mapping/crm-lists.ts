import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.js';
import { withQuery } from '../api/queries.js';
import type { CrmField, CrmFields, CrmStages } from '../api/shapes.js';

export const recordKinds = ['deal', 'company', 'contact', 'lead'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** The service keeps what the CRM said for as long. */
const freshMs = 5 * 60_000;

function useCrmList<T>(path: string, enabled: boolean, ask: (path: string) => Promise<T>): CrmList<T> {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: [path],
    queryFn: () => ask(path),
    enabled,
    staleTime: freshMs,
    // The service has tried already, and the page takes names typed by hand meanwhile.
    retry: false,
  });
  const again = useMutation({
    mutationFn: () => ask(`${path}${path.includes('?') ? '&' : '?'}fresh=true`),
    onSuccess: (told) => client.setQueryData([path], told),
  });
  return {
    data: query.data,
    error: again.error ?? query.error,
    isFetching: query.isFetching || again.isPending,
    readAgain: again.mutate,
  };
}

/** What a CRM says, or why it does not. */
export interface CrmList<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  /** Asks the CRM itself. */
  readonly readAgain: () => void;
}

/** The fields of a kind of record in a connected CRM. */
export function useCrmFields(connectionId: string, record: RecordKind, enabled = true) {
  return useCrmList(fieldsPath(connectionId, record), enabled && connectionId !== '', (path) => call<CrmFields>(path));
}

interface FieldPlace {
  readonly connection: string;
  readonly record: RecordKind;
  readonly field: string;
}

/** What may be chosen in these fields of connected CRMs, as far as it is known. */
export function useCrmChoices(places: readonly FieldPlace[]): (place: FieldPlace) => CrmField['choices'] {
  const paths = [...new Set(places.map(({ connection, record }) => fieldsPath(connection, record)))];
  const answers = useQueries({
    queries: paths.map((path) => ({
      queryKey: [path],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => call<CrmFields>(path, { signal }),
      staleTime: freshMs,
      retry: false,
    })),
  });
  return ({ connection, record, field }) => {
    const told = answers[paths.indexOf(fieldsPath(connection, record))]?.data;
    return told?.fields.find(({ name }) => name === field)?.choices ?? [];
  };
}

function fieldsPath(connectionId: string, record: RecordKind): string {
  return withQuery(pathOf(connectionId, 'fields'), { record });
}

export function useCrmStages(connectionId: string) {
  return useCrmList(pathOf(connectionId, 'stages'), connectionId !== '', (path) => call<CrmStages>(path));
}

function pathOf(connectionId: string, list: string): string {
  return `/api/v1/connections/${encodeURIComponent(connectionId)}/${list}`;
}

/** By label, as people look for them. */
export function sortedFields(fields: readonly CrmField[]): readonly CrmField[] {
  return fields.toSorted((a, b) => a.label.localeCompare(b.label));
}

/** A field as it stands in a list: what people call it, and what the CRM does. */
export function fieldWords({ label, name }: Pick<CrmField, 'label' | 'name'>): string {
  return label === name ? name : `${label} (${name})`;
}
