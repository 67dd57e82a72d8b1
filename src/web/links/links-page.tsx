import { Anchor, Stack } from '@mantine/core';
import { Link } from 'react-router';
import { useList } from '../api/queries.js';
import type { LinkProposal } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { More } from '../parts/list-table.js';
import { Empty, Outline, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { ProposalCard } from './proposal-card.js';

/** Deals that may be a registration's, the likeliest first. */
export default function LinksPage() {
  const { say } = useWords();
  const query = useList<LinkProposal>('/api/v1/link-proposals');
  return (
    <Page title={say('links.title')}>
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {query.items === undefined && query.error === null && <Outline />}
      {query.items?.length === 0 && <Empty>{say('links.none')}</Empty>}
      <Stack>
        {query.items?.map((proposal) => (
          <ProposalCard key={proposal.id} proposal={proposal}>
            <Anchor component={Link} to={`/registrations/${proposal.registrationId}`} size="sm">
              {say('links.registration')}
            </Anchor>
          </ProposalCard>
        ))}
      </Stack>
      {(query.items?.length ?? 0) > 0 && <More query={query} count={query.items?.length ?? 0} />}
    </Page>
  );
}
