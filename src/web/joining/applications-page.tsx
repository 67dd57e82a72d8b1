import { Anchor, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { Application } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

const typingPauseMs = 250;
const statuses = ['open', 'accepted', 'rejected'] as const;
const all = 'all';

/** Who asks to become a partner, what waits longest first. */
export default function ApplicationsPage() {
  const { say, sayOf } = useWords();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const status = params.get('status') ?? 'open';
  const order = status === 'open' ? 'oldest' : 'newest';
  const query = useList<Application>(
    withQuery('/api/v1/applications', { status: status === all ? null : status, order, search }),
  );
  return (
    <Page title={say('applications.title')} back={{ to: '/partners', label: say('partners.title') }}>
      <Group align="end" role="search">
        <NativeSelect
          label={say('field.status')}
          value={status}
          data={[
            { value: all, label: say('applications.all') },
            ...statuses.map((value) => ({ value, label: sayOf('applicationStatus', value) })),
          ]}
          onChange={(event) => setParams({ status: event.currentTarget.value }, { replace: true })}
        />
        <TextInput
          label={say('applications.search')}
          type="search"
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Group>
      <ListTable
        caption={say('applications.title')}
        query={query}
        empty={say(status === 'open' && search === '' ? 'applications.noneOpen' : 'applications.none')}
        emptyAction={
          // Somebody who is looked for may be in another state than the one that is shown.
          search !== '' &&
          status !== all && (
            <Button variant="default" onClick={() => setParams({ status: all }, { replace: true })}>
              {say('applications.lookInAll')}
            </Button>
          )
        }
        columns={useColumns()}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Application>[] {
  const { say, sayOf } = useWords();
  const format = useFormat();
  return [
    {
      title: say('field.company'),
      cell: ({ id, company }) => (
        <>
          <Anchor component={Link} to={`/applications/${id}`} fw={500} inherit>
            {company.name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {company.website}
          </Text>
        </>
      ),
      value: ({ company }) => company.name,
    },
    {
      title: say('field.type'),
      cell: ({ type }) => sayOf('partnerType', type),
      value: ({ type }) => sayOf('partnerType', type),
    },
    {
      title: say('field.country'),
      cell: ({ company }) => company.country,
      value: ({ company }) => company.country,
    },
    { title: say('field.contact'), cell: ({ contact }) => contact.name, value: ({ contact }) => contact.name },
    {
      title: say('field.status'),
      cell: (row) => <Status group="applicationStatus" value={row.status} />,
      value: (row) => sayOf('applicationStatus', row.status),
    },
    {
      title: say('field.submitted'),
      cell: ({ submittedAt }) => format.moment(submittedAt),
      value: ({ submittedAt }) => submittedAt,
    },
  ];
}
