import { Stack, Title } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { Diff } from './diff.js';

interface Text {
  readonly source: string;
  /** Null while the text cannot be read. */
  readonly sentences: readonly string[] | null;
}

interface VersionDiffProps {
  readonly before: Text;
  readonly after: Text;
}

/** How a plan changed: in what it promises, and in its document. */
export function VersionDiff({ before, after }: VersionDiffProps) {
  const { say } = useWords();
  return (
    <Stack gap="xs">
      {before.sentences !== null && after.sentences !== null && (
        <>
          <Title order={3} size="sm">
            {say('planDiff.sentences')}
          </Title>
          <Diff label={say('planDiff.sentences')} before={before.sentences} after={after.sentences} />
        </>
      )}
      <Title order={3} size="sm">
        {say('planDiff.document')}
      </Title>
      <Diff label={say('planDiff.document')} before={linesOf(before.source)} after={linesOf(after.source)} />
    </Stack>
  );
}

/** JSON is one line as programs write it, which shows no difference. */
function readable(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function linesOf(text: string): readonly string[] {
  return readable(text).trimEnd().split('\n');
}
