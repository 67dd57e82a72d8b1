import { Button, Code, Stack, Tabs, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useList } from '../api/queries.js';
import type { PlanVersion } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { Fault } from '../parts/fault.js';
import { Outline, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { Proposals } from './proposals.js';
import { Sentences } from './sentences.js';
import { VersionDiff } from './version-diff.js';

/** Every version of one plan, the latest first. */
export default function PlanPage() {
  const { say } = useWords();
  const { slug = '' } = useParams();
  const query = useList<PlanVersion>(`/api/v1/plans/${encodeURIComponent(slug)}`);
  const versions = query.items?.toSorted((a, b) => b.number - a.number);
  return (
    <Page
      title={say('plan.title', { plan: slug })}
      back={{ to: '/plans', label: say('plans.title') }}
      aside={
        <Button component={Link} to={`/plans/${slug}/edit`} variant="default">
          {say('planEdit.change')}
        </Button>
      }
    >
      <Proposals slug={slug} current={versions?.[0]} />
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {versions === undefined && query.error === null && <Outline />}
      <Stack>
        {versions?.map((version, index) => (
          <Version key={version.id} version={version} before={versions[index + 1]} />
        ))}
      </Stack>
    </Page>
  );
}

interface VersionProps {
  readonly version: PlanVersion;
  readonly before: PlanVersion | undefined;
}

function Version({ version, before }: VersionProps) {
  const { say } = useWords();
  const format = useFormat();
  return (
    <Section title={version.version}>
      <Facts
        facts={[
          [say('plans.from'), format.day(version.effectiveFrom)],
          [say('plans.to'), version.effectiveTo === null ? say('plans.open') : format.day(version.effectiveTo)],
          [say('plan.corrects'), version.corrects],
          [say('plans.author'), version.author],
          [say('plan.approvedBy'), version.approvedBy],
          [say('plans.stored'), format.moment(version.createdAt)],
          [say('field.reason'), version.reason],
        ]}
      />
      <Tabs defaultValue="sentences" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="sentences">{say('plan.sentences')}</Tabs.Tab>
          <Tabs.Tab value="source">{say('plan.source')}</Tabs.Tab>
          {before !== undefined && <Tabs.Tab value="changes">{say('planEdit.changes')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="sentences" pt="sm">
          <Sentences sentences={version.sentences} none={say('plan.none')} />
        </Tabs.Panel>
        <Tabs.Panel value="source" pt="sm">
          <Text size="sm" c="dimmed" mb="xs">
            {say('plan.sourceWords')}
          </Text>
          <Code block tabIndex={0}>
            {version.source}
          </Code>
        </Tabs.Panel>
        {before !== undefined && (
          <Tabs.Panel value="changes" pt="sm">
            <Text size="sm" c="dimmed" mb="xs">
              {say('planDiff.title', { version: before.version })}
            </Text>
            <VersionDiff before={before} after={version} />
          </Tabs.Panel>
        )}
      </Tabs>
    </Section>
  );
}
