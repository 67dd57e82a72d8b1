import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { ChangeAfterWin } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { Fault } from '../parts/fault.js';
import { Empty, Outline, Page } from '../parts/page.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecideChange } from './decide-change.js';

const states = ['open', 'accepted', 'restored', 'undone', 'all'] as const;

/** What was changed in the CRM about deals after they were won, the newest first. */
export default function ChangesPage() {
  const { say, sayOf } = useWords();
  const [params, setParams] = useSearchParams();
  const status = params.get('status') ?? 'open';
  const query = useList<ChangeAfterWin>(withQuery('/api/v1/changes-after-win', { status }));
  return (
    <Page title={say('change.title')}>
      <Text size="sm">{say('change.words')}</Text>
      <Group>
        <NativeSelect
          label={say('change.state')}
          value={status}
          data={states.map((value) => ({ value, label: sayOf('changeStatus', value) }))}
          onChange={(event) => setParams({ status: event.currentTarget.value }, { replace: true })}
        />
      </Group>
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {query.items === undefined && query.error === null && <Outline />}
      {query.items?.length === 0 && <Empty>{say('change.none')}</Empty>}
      <Stack>
        {query.items?.map((change) => (
          <ChangeCard key={change.id} change={change} />
        ))}
      </Stack>
      {query.hasNextPage && (
        <Group>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {say('list.more')}
          </Button>
        </Group>
      )}
    </Page>
  );
}

function ChangeCard({ change }: { readonly change: ChangeAfterWin }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const mayDecide = useMay('links:decide');
  const { crmDealId, field, before, after, changedBy, changedHow, changedAt, observedAt, status } = change;
  const { decidedAt, decidedBy, reason } = change;
  const who = [changedBy, changedHow].filter((word) => word !== null).join(', ');
  const decided = decidedBy === 'program' ? say('change.program') : decidedBy;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {sayOf('changeField', field)}{' '}
          <Text span size="sm" c="dimmed">
            {sayOf('crmName', change.crm)} {crmDealId}
          </Text>
        </Text>
        <Facts
          facts={[
            [say('change.before'), before ?? say('change.empty')],
            [say('change.after'), after ?? say('change.empty')],
            [say('change.by'), who === '' ? null : who],
            [say('change.at'), format.moment(changedAt ?? observedAt)],
            [say('field.status'), sayOf('changeStatus', status)],
            [say('field.reason'), reason],
          ]}
        />
        {decidedAt !== null && (
          <Text size="sm" c="dimmed">
            {format.moment(decidedAt)}, {decided}
          </Text>
        )}
        {mayDecide && status === 'open' && <DecideChange change={change} />}
      </Stack>
    </Paper>
  );
}
