import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../api/call.js';
import { useAnswer } from '../api/queries.js';
import type { Partner } from '../api/shapes.js';

const namesPath = '/api/v1/partners?limit=200';
const namesFreshMs = 5 * 60_000;

/** A partner by its name, for operators. One list names most; a partner that is not in it is asked for by itself. */
export function PartnerName({ id }: { readonly id: string }) {
  const names = useQuery({
    queryKey: [namesPath],
    queryFn: ({ signal }) => call<{ readonly items: readonly Partner[] }>(namesPath, { signal }),
    staleTime: namesFreshMs,
  });
  const listed = names.data?.items.find((partner) => partner.id === id);
  const single = useAnswer<Partner>(`/api/v1/partners/${encodeURIComponent(id)}`, {
    enabled: !names.isPending && listed === undefined,
  });
  return (
    <Anchor component={Link} to={`/partners/${id}`} inherit>
      {(listed ?? single.data)?.name ?? id}
    </Anchor>
  );
}
