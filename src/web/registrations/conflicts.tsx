import { Anchor, Badge, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { Conflict, Registration } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Facts } from '../parts/facts.js';
import { Section } from '../parts/section.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** What speaks against a registration, side by side, each with what it was found by. */
export function Conflicts({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const conflicts = registration.conflicts ?? [];
  const pending = registration.crmCheck === 'pending';
  return (
    <Section title={say('conflicts.title', { count: conflicts.length })}>
      {pending && <Text size="sm">{say('conflicts.pending')}</Text>}
      {conflicts.length === 0 && !pending && <Text size="sm">{say('conflicts.none')}</Text>}
      {conflicts.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {conflicts.map((conflict) => (
            <ConflictCard key={`${conflict.objectType}:${conflict.reference}:${conflict.code}`} conflict={conflict} />
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}

function ConflictCard({ conflict }: { readonly conflict: Conflict }) {
  const { say, sayOf } = useWords();
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Badge variant="outline" color="orange" tt="none" fw={500} radius="sm" c="var(--mantine-color-text)">
          {sayOf('code', conflict.code)}
        </Badge>
        <Text fw={500}>{conflict.label}</Text>
        <Facts
          facts={[
            [say('conflicts.what'), sayOf('objectType', conflict.objectType)],
            [say('conflicts.matchedBy'), sayOf('matchedBy', conflict.matchedBy)],
            [say('conflicts.where'), sayOf('conflictSource', conflict.source)],
            [say('conflicts.record'), conflict.source === 'crm' ? conflict.reference : null],
          ]}
        />
        {conflict.source === 'registration' && <OtherClaim id={conflict.reference} />}
        {conflict.dealId !== null && (
          <Text size="sm" c="dimmed">
            {say('conflicts.canAttach')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

/** The other claim on the same prospect: whose it is and how old. */
function OtherClaim({ id }: { readonly id: string }) {
  const { say } = useWords();
  const format = useFormat();
  const { data } = useAnswer<Registration>(`/api/v1/registrations/${encodeURIComponent(id)}`);
  if (data === undefined) return null;
  return (
    <>
      <Facts
        facts={[
          [say('field.partner'), <PartnerName key="partner" id={data.partnerId} />],
          [say('field.submitted'), format.moment(data.submittedAt)],
          [say('field.status'), <Status key="status" group="status" value={data.status} />],
          [say('field.protectedUntil'), data.protectedUntil && format.day(data.protectedUntil)],
        ]}
      />
      <Anchor component={Link} to={`/registrations/${id}`} size="sm">
        {say('conflicts.open')}
      </Anchor>
    </>
  );
}
