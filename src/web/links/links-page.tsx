import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useList } from '../api/queries.js';
import type { LinkProposal } from '../api/shapes.js';
import { CardList } from '../parts/card-list.js';
import { Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { ProposalCard } from './proposal-card.js';

/** Deals that may be a registration's, the likeliest first. */
export default function LinksPage() {
  const { say } = useWords();
  const query = useList<LinkProposal>('/api/v1/link-proposals');
  return (
    <Page title={say('links.title')}>
      <CardList query={query} empty={say('links.none')}>
        {(proposal) => (
          <ProposalCard key={proposal.id} proposal={proposal}>
            <Anchor component={Link} to={`/registrations/${proposal.registrationId}`} size="sm">
              {say('links.registration')}
            </Anchor>
          </ProposalCard>
        )}
      </CardList>
    </Page>
  );
}
