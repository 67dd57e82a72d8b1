import { Alert, Stack } from '@mantine/core';
import { useLocation } from 'react-router';
import { useList } from '../api/queries.js';
import type { Connection } from '../api/shapes.js';
import { MappingLink } from '../mapping/mapping-link.js';
import { Fault } from '../parts/fault.js';
import { Empty, Outline, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { useWords } from '../words/use-words.js';
import { ConnectionActs } from './connection-acts.js';
import { ConnectionFacts } from './connection-facts.js';
import { ConnectionProblems } from './connection-problems.js';
import { Findings } from './findings.js';

/** The CRM accounts, connected or not, and how well they are. */
export default function ConnectionsPage() {
  const { say } = useWords();
  const query = useList<Connection>('/api/v1/connections');
  const account = accountOf(useLocation().state);
  const isThere = query.items?.some(({ connected, accountId }) => connected && accountId === account) === true;
  return (
    <Page title={say('connections.title')}>
      {isThere && (
        <Alert color="green" variant="outline" role="status">
          {say('connections.connected', { account: account ?? '' })}
        </Alert>
      )}
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {query.items === undefined && query.error === null && <Outline />}
      {query.items?.length === 0 && <Empty>{say('connections.none')}</Empty>}
      <Stack>
        {query.items?.map((connection) => (
          <ConnectionSection key={connection.id} connection={connection} />
        ))}
      </Stack>
    </Page>
  );
}

/** The account that a person comes back from, just connected. */
function accountOf(state: unknown): string | null {
  const isBack = typeof state === 'object' && state !== null && 'connected' in state;
  return isBack && typeof state.connected === 'string' ? state.connected : null;
}

function ConnectionSection({ connection }: { readonly connection: Connection }) {
  const { say, sayOf } = useWords();
  const crm = sayOf('crmName', connection.crm);
  return (
    <Section title={connection.name === crm ? crm : `${connection.name} (${crm})`}>
      {!connection.connected && (
        <Alert color="orange" variant="outline">
          {say('connections.notConnected')}
        </Alert>
      )}
      <ConnectionActs connection={connection} />
      <ConnectionProblems id={connection.id} />
      <ConnectionFacts connection={connection} />
      <MappingLink connectionId={connection.id} />
      <Findings findings={connection.findings} examinedAt={connection.examinedAt} />
    </Section>
  );
}
