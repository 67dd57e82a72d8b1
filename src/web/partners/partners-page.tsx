import { Anchor, Group, NativeSelect } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { Partner } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { ListTable } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { NewPartner } from './partner-form.js';

/** Every partner of the program. */
export default function PartnersPage() {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const status = params.get('status') ?? '';
  const query = useList<Partner>(withQuery('/api/v1/partners', { status }));
  return (
    <Page title={say('partners.title')} aside={<NewPartner />}>
      <Group>
        <NativeSelect
          label={say('field.status')}
          value={status}
          data={[
            { value: '', label: say('partners.all') },
            { value: 'active', label: say('partnerStatus.active') },
            { value: 'inactive', label: say('partnerStatus.inactive') },
          ]}
          onChange={(event) => setParams({ status: event.currentTarget.value }, { replace: true })}
        />
      </Group>
      <ListTable
        caption={say('partners.title')}
        query={query}
        empty={say('partners.none')}
        columns={[
          {
            title: say('field.name'),
            cell: ({ id, name }) => (
              <Anchor component={Link} to={`/partners/${id}`} fw={500} inherit>
                {name}
              </Anchor>
            ),
            value: ({ name }) => name,
          },
          { title: say('field.email'), cell: ({ email }) => email, value: ({ email }) => email },
          { title: say('field.type'), cell: ({ type }) => type, value: ({ type }) => type },
          { title: say('field.tier'), cell: ({ tier }) => tier ?? '–', value: ({ tier }) => tier },
          {
            title: say('field.status'),
            cell: (row) => <Status group="partnerStatus" value={row.status} />,
            value: (row) => sayOf('partnerStatus', row.status),
          },
          {
            title: say('field.since'),
            cell: ({ createdAt }) => format.dayOfMoment(createdAt),
            value: ({ createdAt }) => createdAt,
          },
        ]}
      />
    </Page>
  );
}
