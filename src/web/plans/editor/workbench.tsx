import { Alert, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../api/queries.js';
import type { PlanCheck, PlanVersion } from '../../api/shapes.js';
import { useMay } from '../../shell/who.js';
import type { Say } from '../../words/catalogue.js';
import { useWords } from '../../words/use-words.js';
import { ApplyButton } from './apply-button.js';
import { beginningOf } from './beginning.js';
import { DraftNotices } from './draft-notices.js';
import { FaultList } from './fault-list.js';
import { LazyEditor } from './lazy-editor.js';
import { Panels } from './panels.js';
import type { Schema } from './schema-words.js';
import { useDraft } from './use-draft.js';
import { usePlanCheck } from './use-plan-check.js';

interface WorkbenchProps {
  readonly slug: string;
  readonly versions: readonly PlanVersion[];
}

const noFaults: PlanCheck['faults'] = [];

/** The document of a plan and everything that is known of it while it is written. */
export function Workbench({ slug, versions }: WorkbenchProps) {
  const { say } = useWords();
  const mayApply = useMay('plans:apply');
  const latest = versions.reduce<PlanVersion | null>((a, b) => (a === null || b.number > a.number ? b : a), null);
  const stored = { text: latest?.source ?? beginningOf(slug), base: latest?.version ?? null };
  const draft = useDraft(`plan:${slug}`, stored);
  const schema = useAnswer<Schema>('/api/v1/plan-schema', { staleTime: Number.POSITIVE_INFINITY });
  const { check, error, isCurrent } = usePlanCheck(slug, draft.text);
  const [goTo, setGoTo] = useState<{ readonly line: number } | null>(null);
  const faults = check?.faults ?? noFaults;
  const sentences = check === undefined || check.outcome === 'refused' ? null : check.sentences;
  return (
    <Stack>
      <DraftNotices draft={draft} latest={latest} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Stack gap="sm" miw={0}>
          <LazyEditor
            label={say('planEdit.editor')}
            value={draft.text}
            onChange={draft.write}
            faults={faults}
            schema={schema.data ?? null}
            goTo={goTo}
          />
          {error !== null && (
            <Alert color="orange" variant="outline" role="alert">
              {say('planEdit.cannotCheck')}
            </Alert>
          )}
          {faults.length > 0 && <FaultList faults={faults} onGo={(line) => setGoTo({ line })} />}
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {error === null && standing(say, check, isCurrent)}
            </Text>
            {mayApply && (
              <ApplyButton
                slug={slug}
                draft={draft}
                latest={latest?.version ?? null}
                isReady={isCurrent && isApplicable(check)}
              />
            )}
          </Group>
        </Stack>
        <Panels slug={slug} text={draft.text} before={latest} sentences={sentences} />
      </SimpleGrid>
    </Stack>
  );
}

/** A wrong day is put right while applying. */
function isApplicable(check: PlanCheck | undefined): boolean {
  if (check?.outcome !== 'refused') return check?.outcome === 'new';
  return check.faults.every(({ field }) => field === 'effectiveFrom');
}

function standing(say: Say, check: PlanCheck | undefined, isCurrent: boolean): string {
  if (check === undefined || !isCurrent) return say('planEdit.checking');
  if (check.outcome === 'refused') return '';
  return check.outcome === 'unchanged'
    ? say('planEdit.noChanges')
    : say('planEdit.saved', { version: check.version ?? '' });
}
