import { Alert, Anchor, List, Paper, Stack, Text } from '@mantine/core';
import { useParams } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { DisputeDetail } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Facts } from '../parts/facts.js';
import { Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { AboutDispute } from './about-dispute.js';
import { MoveDispute } from './move-dispute.js';

const asWritten = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;

/** One dispute: what is wrong, what was written, what came of it, and what can be done now. */
export default function DisputePage() {
  const { say } = useWords();
  const { id = '' } = useParams();
  const query = useAnswer<DisputeDetail>(`/api/v1/disputes/${encodeURIComponent(id)}`);
  return (
    <Page
      title={say('dispute.one')}
      back={{ to: '/disputes', label: say('dispute.title') }}
      aside={query.data !== undefined && <Status group="disputeStatus" value={query.data.status} />}
    >
      <Loaded query={query}>{(dispute) => <Details dispute={dispute} />}</Loaded>
    </Page>
  );
}

function Details({ dispute }: { readonly dispute: DisputeDetail }) {
  const { say } = useWords();
  return (
    <Stack maw={860}>
      <Standing dispute={dispute} />
      <What dispute={dispute} />
      <Section title={say('dispute.words')}>
        <Messages dispute={dispute} />
      </Section>
      {dispute.settledAt === null && <MoveDispute dispute={dispute} />}
    </Stack>
  );
}

/** What a partner is told first: when it hears, or how it ended. */
function Standing({ dispute: { status, dueOn, outcome } }: { readonly dispute: DisputeDetail }) {
  const { say, sayOf } = useWords();
  const { kind } = useMe();
  const format = useFormat();
  if (outcome !== null) {
    return (
      <Alert
        color={status === 'upheld' ? 'teal' : 'orange'}
        variant="outline"
        role="status"
        title={sayOf('disputeStatus', status)}
      >
        <Text size="sm" style={asWritten}>
          {outcome}
        </Text>
      </Alert>
    );
  }
  if (kind === 'operator' || (status !== 'open' && status !== 'answered')) return null;
  return (
    <Alert variant="outline" role="status">
      {say(`dispute.next.${status}`, { day: dueOn === null ? '' : format.day(dueOn) })}
    </Alert>
  );
}

function What({ dispute }: { readonly dispute: DisputeDetail }) {
  const { say } = useWords();
  const { kind } = useMe();
  const format = useFormat();
  const { partnerId, dueOn, openedAt, settledAt, settledBy, decisionId, links, reason } = dispute;
  return (
    <Section title={say('dispute.reason')}>
      <Text size="sm" style={asWritten}>
        {reason}
      </Text>
      {links.length > 0 && (
        <List size="sm" aria-label={say('dispute.evidence')}>
          {links.map((link, index) => (
            <List.Item key={`${index} ${link}`}>
              <Anchor href={link} target="_blank" rel="noreferrer noopener nofollow" style={asWritten}>
                {link}
              </Anchor>
            </List.Item>
          ))}
        </List>
      )}
      <Facts
        facts={[
          [say('dispute.about'), <AboutDispute key="about" dispute={dispute} />],
          [say('field.partner'), kind === 'operator' && <PartnerName key="partner" id={partnerId} />],
          [say('dispute.opened'), format.moment(openedAt)],
          [say('dispute.due'), dueOn && format.day(dueOn)],
          [say('dispute.settled'), settledAt && format.moment(settledAt)],
          [say('dispute.by'), settledBy],
          [say('dispute.decision'), decisionId],
        ]}
      />
    </Section>
  );
}

function Messages({ dispute: { messages } }: { readonly dispute: DisputeDetail }) {
  const { say } = useWords();
  const format = useFormat();
  if (messages.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {say('dispute.noMessages')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {messages.map((message) => (
        <Paper key={message.id} withBorder p="sm" ml={message.side === 'vendor' ? 0 : 'lg'}>
          <Text size="xs" c="dimmed">
            {message.author ?? say('dispute.vendor')}, {format.moment(message.at)}
          </Text>
          <Text size="sm" style={asWritten}>
            {message.text}
          </Text>
        </Paper>
      ))}
    </Stack>
  );
}
