import { Anchor, Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { Dispute } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { OpenDispute } from './open-dispute.js';

/** What is disputed about a line, and disputing it. */
export function DisputeLine({ lineId }: { readonly lineId: string }) {
  return <DisputeAbout about={{ lineId }} />;
}

/** What is disputed about a registration, and saying that a credit is missing. */
export function DisputeRegistration({ registrationId }: { readonly registrationId: string }) {
  return <DisputeAbout about={{ registrationId }} />;
}

type About = { readonly lineId: string } | { readonly registrationId: string };

function DisputeAbout({ about }: { readonly about: About }) {
  const { say } = useWords();
  const { kind } = useMe();
  const format = useFormat();
  const [opening, setOpening] = useState(false);
  const query = useAnswer<{ readonly items: readonly Dispute[] }>(
    `/api/v1/disputes?${new URLSearchParams(about).toString()}`,
  );
  const disputes = query.data?.items ?? [];
  const mayOpen =
    kind === 'partner' && query.data !== undefined && disputes.every(({ settledAt }) => settledAt !== null);
  const words = say('lineId' in about ? 'dispute.openLine' : 'dispute.missingHere');
  return (
    <>
      {disputes.map((dispute) => (
        <Group key={dispute.id} gap="xs">
          <Anchor component={Link} to={`/disputes/${dispute.id}`} size="sm">
            {dispute.settledAt === null ? say('dispute.inDispute') : say('dispute.one')}
          </Anchor>
          <Status group="disputeStatus" value={dispute.status} />
          <Text size="sm" c="dimmed">
            {format.moment(dispute.openedAt)}
          </Text>
        </Group>
      ))}
      {mayOpen && (
        <Button variant="default" w="fit-content" onClick={() => setOpening(true)}>
          {words}
        </Button>
      )}
      {opening && (
        <Modal
          opened
          onClose={() => setOpening(false)}
          title={words}
          closeButtonProps={{ 'aria-label': say('action.close') }}
        >
          <OpenDispute about={about} onDone={() => setOpening(false)} />
        </Modal>
      )}
    </>
  );
}
