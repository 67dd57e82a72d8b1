import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { CrmStages } from '../api/shapes.js';
import { Section } from '../parts/section.js';
import { useWords } from '../words/use-words.js';

const colours = { open: 'gray', won: 'green', lost: 'red' } as const;

/** Which stages count as won and lost: the CRM decides that, and this is what it says. */
export function StagesOfCrm({ pipelines }: { readonly pipelines: CrmStages['pipelines'] }) {
  const { say, sayOf } = useWords();
  return (
    <Section title={say('mapping.outcomes')}>
      <Text size="sm">{say('mapping.outcomesWords')}</Text>
      {pipelines.map(({ id, label, stages }) => (
        <Stack key={id} gap={6}>
          <Title order={3} size="sm">
            {label ?? say('mapping.onlyPipeline')}
          </Title>
          <Group gap="xs" role="list">
            {stages.map((stage) => (
              <Badge
                key={stage.id}
                role="listitem"
                variant="outline"
                autoContrast
                color={colours[stage.outcome]}
                tt="none"
              >
                <Text span size="xs" c="var(--mantine-color-text)">
                  {stage.label}: {sayOf('outcome', stage.outcome)}
                </Text>
              </Badge>
            ))}
          </Group>
        </Stack>
      ))}
    </Section>
  );
}
