import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { MissingCommission } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { Empty, Outline, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { MissingCard } from './missing-card.js';

const states = ['open', 'linked', 'dismissed', 'obsolete', 'all'] as const;

/** Won deals that look introduced and carry no credit, the likeliest first. */
export default function MissingPage() {
  const { say, sayOf } = useWords();
  const [params, setParams] = useSearchParams();
  const status = params.get('status') ?? 'open';
  const query = useList<MissingCommission>(withQuery('/api/v1/missing-commissions', { status }));
  return (
    <Page title={say('missing.title')}>
      <Group>
        <NativeSelect
          label={say('missing.state')}
          value={status}
          data={states.map((value) => ({ value, label: sayOf('missingStatus', value) }))}
          onChange={(event) => setParams({ status: event.currentTarget.value }, { replace: true })}
        />
      </Group>
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {query.items === undefined && query.error === null && <Outline />}
      {query.items?.length === 0 && <Empty>{say('missing.none')}</Empty>}
      <Stack>
        {query.items?.map((missing) => (
          <MissingCard key={missing.id} missing={missing} />
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
