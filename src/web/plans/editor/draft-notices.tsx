import { Alert, Button, Group, Text } from '@mantine/core';
import type { PlanVersion } from '../../api/shapes.js';
import { useWords } from '../../words/use-words.js';
import type { KeptDraft } from './use-draft.js';

interface DraftNoticesProps {
  readonly draft: KeptDraft;
  readonly latest: PlanVersion | null;
}

/** That this is a draft, whether it is kept, and what was stored by others since it was begun. */
export function DraftNotices({ draft, latest }: DraftNoticesProps) {
  const { say } = useWords();
  if (!draft.isChanged) return null;
  const isOvertaken = latest !== null && draft.base !== latest.version;
  const discard = () => window.confirm(say('planEdit.discardConfirm')) && draft.drop();
  return (
    <>
      {isOvertaken && (
        <Alert color="orange" variant="outline" role="alert">
          {say('planEdit.overtaken', { version: latest.version, author: latest.author ?? '–' })}
        </Alert>
      )}
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text size="sm" role="status">
          {say(draft.isKept ? 'planEdit.draft' : 'planEdit.draftLost')}
        </Text>
        <Button size="xs" variant="default" miw="max-content" onClick={discard}>
          {say('planEdit.discard')}
        </Button>
      </Group>
    </>
  );
}
