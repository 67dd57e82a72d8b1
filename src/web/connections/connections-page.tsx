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
  const location = useLocation();
  const account = broughtBack(location.state, 'connected');
  const refusal = broughtBack(location.state, 'refusal');
  const isThere = query.items?.some(({ connected, accountId }) => connected && accountId === account) === true;
  return (
    <Page title={say('connections.title')}>
      {isThere && (
        <Alert color="green" variant="outline" role="status">
          {say('connections.connected', { account: account ?? '' })}
        </Alert>
      )}
      {isThere && refusal !== null && (
        <Alert color="orange" variant="outline" role="alert">
          {say('connections.connectedUnrevoked', { refusal })}
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

/** What a person who has just connected an account brings along: its id, or the words of a CRM that keeps the access of before. */
function broughtBack(state: unknown, what: 'connected' | 'refusal'): string | null {
  const brought = new Map<string, unknown>(Object.entries(state ?? {})).get(what);
  return typeof brought === 'string' ? brought : null;
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
