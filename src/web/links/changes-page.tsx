import { Anchor, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { ChangeAfterWin } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { CardList } from '../parts/card-list.js';
import { Page } from '../parts/page.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecideRow } from './decide-row.js';

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
      <CardList query={query} empty={say(status === 'all' ? 'change.none' : 'change.noneOf')}>
        {(change) => <ChangeCard key={change.id} change={change} />}
      </CardList>
    </Page>
  );
}

function ChangeCard({ change }: { readonly change: ChangeAfterWin }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const mayDecide = useMay('links:decide');
  const { crmDealId, field, before, after, changedBy, changedHow, changedAt, observedAt, status } = change;
  const { decidedAt, decidedBy, reason, dealName, registrationIds } = change;
  const shown = (value: string | null): string => {
    if (value === null) return say('change.empty');
    const [amount = '', currency] = value.split(' ');
    return field === 'amount' && currency !== undefined ? format.money(amount, currency) : value;
  };
  const who = [changedBy, changedHow].filter((word) => word !== null).join(', ');
  const decided = decidedBy === 'program' ? say('change.program') : decidedBy;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {sayOf('changeField', field)}: {dealName ?? crmDealId}{' '}
          <Text span size="sm" c="dimmed">
            {sayOf('crmName', change.crm)} {crmDealId}
          </Text>
        </Text>
        <Facts
          facts={[
            [say('change.before'), shown(before)],
            [say('change.after'), shown(after)],
            [say('change.by'), who === '' ? null : who],
            [say('change.at'), format.moment(changedAt ?? observedAt)],
            [say('field.status'), sayOf('changeStatus', status)],
            [say('field.reason'), reason],
            [
              say('change.registrations'),
              registrationIds.length > 0 &&
                registrationIds.map((id) => (
                  <Anchor key={id} component={Link} to={`/registrations/${id}`} inherit display="block">
                    {id}
                  </Anchor>
                )),
            ],
          ]}
        />
        {decidedAt !== null && (
          <Text size="sm" c="dimmed">
            {format.moment(decidedAt)}, {decided}
          </Text>
        )}
        {mayDecide && status === 'open' && (
          <DecideRow
            path={`/api/v1/changes-after-win/${encodeURIComponent(change.id)}`}
            // What is seen here is what is decided on.
            body={{ after }}
            choices={[
              { verb: 'accept', label: say('change.accept'), needsReason: true },
              { verb: 'restore', label: say('change.restore'), needsReason: true },
            ]}
          />
        )}
      </Stack>
    </Paper>
  );
}
