import { Group, NativeSelect } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { MissingCommission } from '../api/shapes.js';
import { CardList } from '../parts/card-list.js';
import { Page } from '../parts/page.js';
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
      <CardList query={query} empty={say(status === 'open' ? 'missing.none' : 'missing.noneOf')}>
        {(missing) => <MissingCard key={missing.id} missing={missing} />}
      </CardList>
    </Page>
  );
}
