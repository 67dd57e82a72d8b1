import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Filters, useFilters } from '../parts/filters.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecideBy } from './decide-by.js';
import { shownStatuses } from './possible-decisions.js';

const names = ['status', 'by', 'from', 'to', 'search'] as const;
const days = ['submitted', 'approved', 'decided', 'won', 'protected'] as const;

/** Every registration, the newest first; what waits for an answer has a page of its own. */
export default function RegistrationsPage() {
  const { say, sayOf } = useWords();
  const filter = useFilters(names);
  const query = useList<Registration>(withQuery('/api/v1/registrations', filter));
  const search = filter['search'] ?? '';
  return (
    <Page title={say('registrations.title')}>
      <Filters
        filters={[
          {
            kind: 'choice',
            name: 'status',
            label: say('registrations.status'),
            options: shownStatuses.map((value) => ({ value, label: sayOf('status', value) })),
          },
          {
            kind: 'choice',
            name: 'by',
            label: say('registrations.by'),
            options: days.map((value) => ({ value, label: say(`registrations.by.${value}`) })),
          },
          { kind: 'day', name: 'from', label: say('filter.from') },
          { kind: 'day', name: 'to', label: say('filter.to') },
          { kind: 'text', name: 'search', label: say('registrations.search') },
        ]}
      />
      <ListTable
        caption={say('registrations.title')}
        query={query}
        columns={useColumns()}
        empty={search === '' ? say('registrations.none') : say('registrations.noneFound', { search })}
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
