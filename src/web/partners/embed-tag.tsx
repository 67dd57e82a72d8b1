import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useAnswer } from '../api/queries.js';
import type { Program } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';

/** The tag that shows a partner's form on a site of the vendor's, and the sites that may show it. */
export function EmbedTag({ personalUrl }: { readonly personalUrl: string }) {
  const { say } = useWords();
  const { data: program } = useAnswer<Program>('/api/v1/program');
  const { origin } = new URL(personalUrl);
  const tag = `<script src="${origin}/embed.js" data-partner-link="${personalUrl}" async></script>`;
  const origins = program?.embedOrigins ?? [];
  return (
    <Stack gap="xs">
      <Text size="sm">{say('partner.embedTag')}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere' }}>{tag}</Code>
        <CopyButton value={tag}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy} flex="none">
              {say(copied ? 'action.copied' : 'partner.copyTag')}
            </Button>
          )}
        </CopyButton>
      </Group>
      {program !== undefined && (
        <Text size="sm" c="dimmed">
          {origins.length === 0
            ? say('partner.embedNowhere')
            : say('partner.embedOrigins', { origins: origins.join(', ') })}
        </Text>
      )}
    </Stack>
  );
}
