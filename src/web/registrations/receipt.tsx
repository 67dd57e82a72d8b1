import { Anchor, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import type { Registration } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { Section } from '../parts/section.js';
import { verifyPath } from '../shell/verify-page.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** The signed proof of who said what when. */
export function Receipt({ receipt }: { readonly receipt: Registration['receipt'] }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  return (
    <Section title={say('receipt.title')}>
      <Text size="sm">{say('receipt.words')}</Text>
      <Facts
        facts={[
          [say('receipt.registration'), receipt.registrationId],
          [say('field.submitted'), `${format.moment(receipt.submittedAt)} (${receipt.submittedAt})`],
          [say('receipt.result'), sayOf('availability', receipt.result)],
          [say('receipt.hash'), <Code key="hash">{receipt.contentHash}</Code>],
          [say('receipt.key'), `${receipt.keyId} (${receipt.algorithm})`],
          [say('receipt.signature'), <Code key="signature">{receipt.signature}</Code>],
        ]}
      />
      <Group gap="md">
        <CopyButton value={JSON.stringify(receipt, null, 2)}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {say(copied ? 'action.copied' : 'receipt.copy')}
            </Button>
          )}
        </CopyButton>
        <Anchor href={verifyPath} size="sm">
          {say('receipt.verify')}
        </Anchor>
      </Group>
    </Section>
  );
}
