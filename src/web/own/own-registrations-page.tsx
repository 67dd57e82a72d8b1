import { Anchor, Button, Card, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Fault } from '../parts/fault.js';
import { Empty, Outline, Page } from '../parts/page.js';
import { shownStatuses } from '../registrations/possible-decisions.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { useNextStep } from './next-step.js';

/** A partner's registrations with what happens next; cards, as they are read on a phone too. */
export default function OwnRegistrationsPage() {
  const { say, sayOf } = useWords();
  const [params, setParams] = useSearchParams();
  const status = params.get('status') ?? '';
  const query = useList<Registration>(withQuery('/api/v1/registrations', { status }));
  const register = (
    <Button component={Link} to="/register">
      {say('nav.register')}
    </Button>
  );
  return (
    <Page title={say('nav.ownRegistrations')} aside={register}>
      <Group>
        <NativeSelect
          label={say('registrations.status')}
          value={status}
          data={[
            { value: '', label: say('registrations.all') },
            ...shownStatuses.map((value) => ({ value, label: sayOf('status', value) })),
          ]}
          onChange={(event) => setParams({ status: event.currentTarget.value }, { replace: true })}
        />
      </Group>
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {query.items === undefined && query.error === null && <Outline />}
      {query.items?.length === 0 && <Empty>{say(status === '' ? 'own.noRegistrations' : 'own.noneOfStatus')}</Empty>}
      <Stack gap="sm">
        {query.items?.map((registration) => (
          <RegistrationCard key={registration.id} registration={registration} />
        ))}
      </Stack>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {say('list.more')}
        </Button>
      )}
    </Page>
  );
}

function RegistrationCard({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const format = useFormat();
  const nextStep = useNextStep();
  const { id, company, status, deal, submittedAt } = registration;
  const hasAmount = deal.amount !== null && deal.currency !== null;
  return (
    <Card withBorder padding="md" component="article">
      <Group justify="space-between" align="start" wrap="nowrap">
        <Stack gap={2} miw={0}>
          <Anchor component={Link} to={`/registrations/${id}`} fw={600}>
            {company.name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {say('own.submitted', { day: format.dayOfMoment(submittedAt) })}
            {hasAmount && ` · ${format.money(deal.amount ?? '', deal.currency ?? '')}`}
          </Text>
        </Stack>
        <Status group="status" value={status} />
      </Group>
      <Text size="sm" mt="xs">
        {nextStep(registration)}
      </Text>
    </Card>
  );
}
