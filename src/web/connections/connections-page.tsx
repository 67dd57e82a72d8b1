import { Alert, List, Stack, Text } from '@mantine/core';
import { useList } from '../api/queries.js';
import type { Connection } from '../api/shapes.js';
import { MappingLink } from '../mapping/mapping-link.js';
import { Facts } from '../parts/facts.js';
import { Fault } from '../parts/fault.js';
import { Empty, Outline, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** The connected CRM accounts and how well they are. */
export default function ConnectionsPage() {
  const { say } = useWords();
  const query = useList<Connection>('/api/v1/connections');
  return (
    <Page title={say('connections.title')}>
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

function ConnectionSection({ connection }: { readonly connection: Connection }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { changeFeed, findings } = connection;
  const crm = sayOf('crmName', connection.crm);
  const when = (iso: string | null) => (iso === null ? say('connections.notYet') : format.moment(iso));
  return (
    <Section title={connection.name === crm ? crm : `${connection.name} (${crm})`}>
      <Facts
        facts={[
          [say('connections.account'), connection.accountId],
          [say('connections.provisioned'), when(connection.provisionedAt)],
          [say('connections.swept'), when(connection.sweptAt)],
          [say('connections.fullRead'), when(connection.fullReadAt)],
          [say('connections.examined'), when(connection.examinedAt)],
          [
            say('connections.feed'),
            changeFeed === null
              ? say(connection.crm === 'hubspot' ? 'connections.webhooks' : 'connections.sweepOnly')
              : say('connections.feedSince', {
                  state: sayOf('feedState', changeFeed.state),
                  since: format.moment(changeFeed.since),
                }),
          ],
          [say('connections.feedDetail'), changeFeed?.detail],
        ]}
      />
      <MappingLink connectionId={connection.id} />
      {findings.length === 0 && connection.examinedAt !== null && <Text size="sm">{say('connections.fine')}</Text>}
      {findings.length > 0 && (
        <List listStyleType="none" spacing="xs">
          {findings.map((finding) => (
            <List.Item key={finding.found} styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
              <Alert
                color={finding.level === 'fault' ? 'red' : 'orange'}
                variant="outline"
                title={`${sayOf('findingLevel', finding.level)}: ${finding.found}`}
              >
                {finding.costs} {finding.remedy}
              </Alert>
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}
