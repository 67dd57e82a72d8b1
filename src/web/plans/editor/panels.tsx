import { Stack, Tabs, Text, VisuallyHidden } from '@mantine/core';
import type { PlanVersion } from '../../api/shapes.js';
import { useWords } from '../../words/use-words.js';
import { Sentences } from '../sentences.js';
import { VersionDiff } from '../version-diff.js';
import { PreviewPanel } from './preview-panel.js';
import { ScenarioPanel } from './scenario-panel.js';

interface PanelsProps {
  readonly slug: string;
  readonly text: string;
  readonly before: PlanVersion | null;
  /** What the text promises; null while it cannot be read. */
  readonly sentences: readonly string[] | null;
}

/** What is known of the plan beside its text. What was seen in one stays while another is looked at. */
export function Panels({ slug, text, before, sentences }: PanelsProps) {
  const { say } = useWords();
  return (
    <Tabs defaultValue="sentences" miw={0}>
      <VisuallyHidden component="h2">{say('planEdit.beside')}</VisuallyHidden>
      <Tabs.List>
        <Tabs.Tab value="sentences">{say('plan.sentences')}</Tabs.Tab>
        {before !== null && <Tabs.Tab value="changes">{say('planEdit.changes')}</Tabs.Tab>}
        <Tabs.Tab value="preview">{say('planPreview.title')}</Tabs.Tab>
        <Tabs.Tab value="scenario">{say('scenario.title')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="sentences" pt="md">
        <Sentences sentences={sentences ?? []} none={say('planEdit.notReadable')} />
      </Tabs.Panel>
      {before !== null && (
        <Tabs.Panel value="changes" pt="md">
          <Stack gap="xs">
            <Text size="sm">{say('planDiff.title', { version: before.version })}</Text>
            <VersionDiff before={before} after={{ source: text, sentences }} />
          </Stack>
        </Tabs.Panel>
      )}
      <Tabs.Panel value="preview" pt="md">
        <PreviewPanel slug={slug} text={text} />
      </Tabs.Panel>
      <Tabs.Panel value="scenario" pt="md" keepMounted={false}>
        <ScenarioPanel slug={slug} plan={text} />
      </Tabs.Panel>
    </Tabs>
  );
}
