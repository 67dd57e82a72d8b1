import { Anchor, Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { PartnerName } from '../partners/partner-name.js';
import { DecideBy } from '../registrations/decide-by.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { AgeingSection } from './ageing-section.js';
import { AssignButton } from './assign-button.js';
import { BulkBar } from './bulk-bar.js';

const typingPauseMs = 250;
const owners = ['all', 'me', 'nobody'] as const;

/** What waits for an answer, what is due first, and how many are answered at once. */
export default function ReviewsPage() {
  const { say, sayOf } = useWords();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const assignee = params.get('assignee') ?? owners[0];
  const query = useList<Registration>(
    withQuery('/api/v1/reviews', { assignee: assignee === owners[0] ? null : assignee, search }),
  );
  const here = (query.items ?? []).filter(({ id }) => chosen.has(id));
  return (
    <Page title={say('reviews.title')}>
      <AgeingSection onChoose={(owner) => setParams({ assignee: owner }, { replace: true })} />
      <Group align="end" role="search">
        <NativeSelect
          label={say('reviews.whose')}
          value={assignee}
          data={[
            ...owners.map((value) => ({ value, label: sayOf('reviewOwner', value) })),
            ...(owners.some((owner) => owner === assignee) ? [] : [{ value: assignee, label: say('reviews.ofOne') }]),
          ]}
          onChange={(event) => setParams({ assignee: event.currentTarget.value }, { replace: true })}
        />
        <TextInput
          label={say('registrations.search')}
          type="search"
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Group>
      <BulkBar chosen={here} onLeft={(left) => setChosen(new Set(left))} />
      <ListTable
        caption={say('reviews.title')}
        query={query}
        columns={useColumns(chosen, setChosen)}
        empty={search === '' ? say('registrations.noneToDecide') : say('registrations.noneFound', { search })}
      />
    </Page>
  );
}

function useColumns(
  chosen: ReadonlySet<string>,
  choose: (ids: ReadonlySet<string>) => void,
): readonly Column<Registration>[] {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const may = useMay('registrations:decide');
  const toggle = (id: string, isIn: boolean) =>
    choose(new Set(isIn ? [...chosen, id] : [...chosen].filter((one) => one !== id)));
  return [
    {
      title: say('field.company'),
      cell: ({ id, company, status }) => (
        <Group gap="sm" wrap="nowrap" align="flex-start">
          {may && (
            <Checkbox
              mt={2}
              aria-label={say('reviews.choose', { company: company.name })}
              checked={chosen.has(id)}
              disabled={status === 'approved'}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
          )}
          <div>
            <Anchor component={Link} to={`/registrations/${id}`} fw={500} inherit>
              {company.name}
            </Anchor>
            <Text size="xs" c="dimmed">
              {status === 'approved' ? say('reviews.extension') : company.domain}
            </Text>
          </div>
        </Group>
      ),
      value: ({ company }) => company.name,
    },
    {
      title: say('field.partner'),
      cell: ({ partnerId }) => <PartnerName id={partnerId} />,
      value: ({ partnerId }) => partnerId,
    },
    {
      title: say('field.decideBy'),
      cell: ({ decideBy }) => <DecideBy day={decideBy} />,
      value: ({ decideBy }) => decideBy,
    },
    {
      title: say('reviews.recommended'),
      cell: ({ review }) => (review?.recommendation == null ? '–' : sayOf('recommend', review.recommendation.action)),
    },
    { title: say('reviews.assignee'), cell: (registration) => <AssignButton registration={registration} /> },
    {
      title: say('field.amount'),
      cell: ({ deal: { amount, currency } }) =>
        amount === null || currency === null ? '–' : format.money(amount, currency),
      align: 'right',
      value: ({ deal: { amount } }) => amount,
    },
  ];
}
