import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { PartnerAgreement } from '../api/shapes.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** What was accepted, when and by whom. */
export function Accepted({ agreement: { accepted, asked } }: { readonly agreement: PartnerAgreement }) {
  const { say } = useWords();
  const format = useFormat();
  const { kind } = useMe();
  if (accepted.length === 0) {
    return kind === 'operator' && <Text size="sm">{say(asked ? 'agreement.notYet' : 'agreement.neverAsked')}</Text>;
  }
  return (
    <Stack gap="xs">
      {kind === 'partner' && !asked && (
        <Alert color="teal" variant="outline" role="status">
          {say('agreement.done')}{' '}
          <Anchor component={Link} to="/register" inherit>
            {say('nav.register')}
          </Anchor>
        </Alert>
      )}
      <List size="sm" spacing="xs">
        {accepted.map((one) => (
          <List.Item key={one.version}>
            {say('agreement.acceptedOn', {
              version: one.version,
              when: format.moment(one.acceptedAt),
              who: one.acceptedBy ?? say('agreement.somebody'),
            })}
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              SHA-256 {one.contentHash}
            </Text>
          </List.Item>
        ))}
      </List>
      {kind === 'operator' && asked && <Text size="sm">{say('agreement.notYet')}</Text>}
    </Stack>
  );
}
