import { Anchor, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecideBy } from './decide-by.js';
import { shownStatuses } from './possible-decisions.js';

const typingPauseMs = 250;
const openQueue = 'in_review';
const all = 'all';

/** The review queue, what waits longest first; and every other registration. */
export default function RegistrationsPage() {
  const { say, sayOf } = useWords();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const status = params.get('status') ?? openQueue;
  const order = params.get('order') ?? (status === openQueue ? 'oldest' : 'newest');
  const query = useList<Registration>(
    withQuery('/api/v1/registrations', { status: status === all ? null : status, order, search }),
  );
  const choose = (name: string, value: string) =>
    setParams((before) => ({ ...Object.fromEntries(before), [name]: value }), { replace: true });
  return (
    <Page title={say('registrations.title')}>
      <Group align="end" role="search">
        <NativeSelect
          label={say('registrations.status')}
          value={status}
          data={[
            { value: all, label: say('registrations.all') },
            ...shownStatuses.map((value) => ({ value, label: sayOf('status', value) })),
          ]}
          onChange={(event) => choose('status', event.currentTarget.value)}
        />
        <NativeSelect
          label={say('list.order')}
          value={order}
          data={[
            { value: 'oldest', label: say('registrations.dueFirst') },
            { value: 'newest', label: say('registrations.newestFirst') },
          ]}
          onChange={(event) => choose('order', event.currentTarget.value)}
        />
        <TextInput
          label={say('registrations.search')}
          type="search"
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Group>
      <ListTable
        caption={say('registrations.title')}
        query={query}
        columns={useColumns()}
        empty={
          search !== ''
            ? say('registrations.noneFound', { search })
            : status === openQueue
              ? say('registrations.noneToDecide')
              : say('registrations.none')
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<Registration>[] {
  const { say, sayOf } = useWords();
  const format = useFormat();
  return [
    {
      title: say('field.company'),
      cell: ({ id, company }) => (
        <>
          <Anchor component={Link} to={`/registrations/${id}`} fw={500} inherit>
            {company.name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {company.domain}
          </Text>
        </>
      ),
      value: ({ company }) => company.name,
    },
    {
      title: say('field.partner'),
      cell: ({ partnerId }) => <PartnerName id={partnerId} />,
      value: ({ partnerId }) => partnerId,
    },
    {
      title: say('field.status'),
      cell: ({ status }) => <Status group="status" value={status} />,
      value: ({ status }) => sayOf('status', status),
    },
    {
      title: say('field.conflicts'),
      cell: ({ conflicts = [] }) => conflicts.length || '–',
      align: 'right',
      value: ({ conflicts = [] }) => String(conflicts.length),
    },
    {
      title: say('field.submitted'),
      cell: ({ submittedAt }) => format.moment(submittedAt),
      value: ({ submittedAt }) => submittedAt,
    },
    {
      title: say('field.decideBy'),
      cell: ({ decideBy }) => <DecideBy day={decideBy} />,
      value: ({ decideBy }) => decideBy,
    },
    {
      title: say('field.amount'),
      cell: ({ deal: { amount, currency } }) =>
        amount === null || currency === null ? '–' : format.money(amount, currency),
      align: 'right',
      value: ({ deal: { amount } }) => amount,
    },
    {
      title: say('field.currency'),
      cell: ({ deal: { currency } }) => currency,
      value: ({ deal: { currency } }) => currency,
    },
  ];
}
