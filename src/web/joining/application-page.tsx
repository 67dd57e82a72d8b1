import { Alert, Anchor, Button, Group, List, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { ApplicationDetail } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Facts } from '../parts/facts.js';
import { Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecideApplication, type ApplicationDecision } from './decide-application.js';

/** One application: who asks, what else is known of them, and the decision. */
export default function ApplicationPage() {
  const { say } = useWords();
  const { id = '' } = useParams();
  const query = useAnswer<ApplicationDetail>(`/api/v1/applications/${encodeURIComponent(id)}`);
  return (
    <Page
      title={query.data?.company.name ?? say('applications.one')}
      back={{ to: '/applications', label: say('applications.title') }}
      aside={query.data !== undefined && <Status group="applicationStatus" value={query.data.status} />}
    >
      <Loaded query={query}>{(application) => <Details application={application} />}</Loaded>
    </Page>
  );
}

function Details({ application }: { readonly application: ApplicationDetail }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { company, contact, message, reason, decidedAt, decidedBy, partnerId } = application;
  return (
    <Stack>
      <Decisions application={application} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={say('applications.asked')}>
          <Facts
            facts={[
              [say('apply.website'), <Website key="site" typed={company.website} />],
              [say('field.country'), company.country],
              [say('field.type'), sayOf('partnerType', application.type)],
              [say('field.contact'), contact.name],
              [say('field.email'), contact.email],
              [say('field.submitted'), format.moment(application.submittedAt)],
              [say('applications.decided'), decidedAt && `${decidedBy ?? ''}, ${format.moment(decidedAt)}`],
              [say('applications.partner'), partnerId && <PartnerName key="partner" id={partnerId} />],
              [say('decide.reason'), reason],
            ]}
          />
        </Section>
        <Section title={say('apply.message')}>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {message ?? say('applications.noMessage')}
          </Text>
        </Section>
      </SimpleGrid>
      <Beside application={application} />
    </Stack>
  );
}

function Website({ typed }: { readonly typed: string }) {
  const href = /^https?:/i.test(typed) ? typed : `https://${typed}`;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer noopener nofollow" inherit>
      {typed}
    </Anchor>
  );
}

/** What else came from the same company or address. */
function Beside({ application: { repeats, earlier, knownPartnerId } }: { readonly application: ApplicationDetail }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  if (repeats.length + earlier.length === 0 && knownPartnerId === null) return null;
  return (
    <Section title={say('applications.beside')}>
      <List size="sm" spacing="xs">
        {knownPartnerId !== null && (
          <List.Item>
            {say('applications.known')} <PartnerName id={knownPartnerId} />
          </List.Item>
        )}
        {earlier.map((one) => (
          <List.Item key={one.id}>
            <Anchor component={Link} to={`/applications/${one.id}`} inherit>
              {say('applications.earlier', { when: format.moment(one.submittedAt) })}
            </Anchor>{' '}
            {sayOf('applicationStatus', one.status)}
          </List.Item>
        ))}
        {repeats.map((repeat) => (
          <List.Item key={repeat.at}>
            <Text size="sm">
              {say('applications.again', {
                who: `${repeat.contact.name} <${repeat.contact.email}>`,
                when: format.moment(repeat.at),
              })}
            </Text>
            <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {repeat.message}
            </Text>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

function Decisions({ application }: { readonly application: ApplicationDetail }) {
  const { say } = useWords();
  const [opened, setOpened] = useState<ApplicationDecision | null>(null);
  const [overtaken, setOvertaken] = useState<string | null>(null);
  const mayDecide = useMay('partners:manage');
  const close = () => setOpened(null);
  return (
    <>
      {overtaken !== null && (
        <Alert color="orange" variant="outline" role="alert">
          {overtaken}
        </Alert>
      )}
      {mayDecide && application.status === 'open' && (
        <Group gap="xs">
          <Button onClick={() => setOpened('accept')}>{say('applications.accept')}</Button>
          <Button variant="default" onClick={() => setOpened('reject')}>
            {say('applications.reject')}
          </Button>
        </Group>
      )}
      {opened !== null && (
        <Modal
          opened
          onClose={close}
          title={say(`applications.${opened}`)}
          closeButtonProps={{ 'aria-label': say('action.close') }}
        >
          <DecideApplication
            decision={opened}
            application={application}
            onDone={close}
            onOvertaken={(words) => {
              close();
              setOvertaken(words);
            }}
          />
        </Modal>
      )}
    </>
  );
}
