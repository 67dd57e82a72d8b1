import { Anchor, Button, Group, Modal, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { Dispute } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { AboutDispute } from './about-dispute.js';
import { OpenDispute } from './open-dispute.js';

const states = ['unsettled', 'settled', 'all'] as const;

/** What is disputed: for operators what is due first on top, for a partner its own. */
export default function DisputesPage() {
  const { say, sayOf } = useWords();
  const { kind } = useMe();
  const [params, setParams] = useSearchParams();
  const [opening, setOpening] = useState(false);
  const state = params.get('state') ?? (kind === 'operator' ? 'unsettled' : 'all');
  const order = state === 'unsettled' ? 'due' : 'newest';
  const query = useList<Dispute>(withQuery('/api/v1/disputes', { state, order }));
  const close = () => setOpening(false);
  return (
    <Page
      title={say('dispute.title')}
      aside={kind === 'partner' && <Button onClick={() => setOpening(true)}>{say('dispute.missing')}</Button>}
    >
      <Group>
        <NativeSelect
          label={say('dispute.state')}
          value={state}
          data={states.map((value) => ({ value, label: sayOf('dispute.state', value) }))}
          onChange={(event) => setParams({ state: event.currentTarget.value }, { replace: true })}
        />
      </Group>
      <ListTable
        caption={say('dispute.title')}
        query={query}
        columns={useColumns()}
        empty={say(kind === 'operator' ? 'dispute.noneOpen' : 'dispute.none')}
      />
      {opening && (
        <Modal
          opened
          onClose={close}
          title={say('dispute.missing')}
          closeButtonProps={{ 'aria-label': say('action.close') }}
        >
          <OpenDispute about={null} onDone={close} />
        </Modal>
      )}
    </Page>
  );
}

function useColumns(): readonly Column<Dispute>[] {
  const { say, sayOf } = useWords();
  const { kind } = useMe();
  const format = useFormat();
  const partner: Column<Dispute> = {
    title: say('field.partner'),
    cell: ({ partnerId }) => <PartnerName id={partnerId} />,
    value: ({ partnerId }) => partnerId,
  };
  return [
    {
      title: say('dispute.reason'),
      cell: ({ id, reason }) => (
        <Anchor component={Link} to={`/disputes/${id}`} fw={500} inherit>
          {shortened(reason)}
        </Anchor>
      ),
      value: ({ reason }) => reason,
    },
    ...(kind === 'operator' ? [partner] : []),
    {
      title: say('dispute.about'),
      cell: (dispute) => <AboutDispute dispute={dispute} />,
      value: ({ lineId, registrationId, deal }) => lineId ?? registrationId ?? deal,
    },
    {
      title: say('field.status'),
      cell: ({ status }) => <Status group="disputeStatus" value={status} />,
      value: ({ status }) => sayOf('disputeStatus', status),
    },
    {
      title: say('dispute.opened'),
      cell: ({ openedAt }) => format.moment(openedAt),
      value: ({ openedAt }) => openedAt,
    },
    { title: say('dispute.due'), cell: ({ dueOn }) => <Due day={dueOn} />, value: ({ dueOn }) => dueOn },
  ];
}

function Due({ day }: { readonly day: string | null }) {
  const { say } = useWords();
  const { timeZone } = useMe();
  const format = useFormat();
  if (day === null) return '–';
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
  return (
    <Text size="sm" inherit fw={day < today ? 600 : undefined}>
      {day < today ? say('dispute.overdue', { day: format.day(day) }) : format.day(day)}
    </Text>
  );
}

const longest = 80;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
