import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useNamed } from '../api/queries.js';
import type { Partner } from '../api/shapes.js';

/** A partner by its name, for operators. */
export function PartnerName({ id }: { readonly id: string }) {
  const { data: partner } = useNamed<Partner>('/api/v1/partners', id);
  return (
    <Anchor component={Link} to={`/partners/${id}`} inherit>
      {partner?.name ?? id}
    </Anchor>
  );
}
