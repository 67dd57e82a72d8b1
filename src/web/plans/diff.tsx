import { Text, VisuallyHidden } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { isSame, lineDiff, type DiffPart } from './line-diff.js';

interface DiffProps {
  readonly label: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What became of a text: gone and new lines, each marked by a sign, a colour and, for whoever hears it, a word. */
export function Diff({ label, before, after }: DiffProps) {
  const { say } = useWords();
  const parts = lineDiff(before, after);
  if (isSame(parts)) {
    return (
      <Text size="sm" c="dimmed">
        {say('planDiff.none')}
      </Text>
    );
  }
  return (
    <div className="diff" role="region" aria-label={label} tabIndex={0}>
      {parts.map((part, index) => (
        <Part key={`${part.kind} ${String(index)}`} part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { readonly part: DiffPart }) {
  const { say } = useWords();
  if (part.kind === 'same') {
    return (
      <>
        {part.lines.map((line, index) => (
          <span key={`before ${String(index)}`}>{`  ${line}`}</span>
        ))}
        {part.leftOut > 0 && <span>{`⋯ ${say('planDiff.same', { count: part.leftOut })}`}</span>}
        {part.after.map((line, index) => (
          <span key={`after ${String(index)}`}>{`  ${line}`}</span>
        ))}
      </>
    );
  }
  const [Tag, sign, word] =
    part.kind === 'added' ? (['ins', '+', 'planDiff.added'] as const) : (['del', '−', 'planDiff.removed'] as const);
  return part.lines.map((line, index) => (
    <Tag key={`${line} ${String(index)}`}>
      <VisuallyHidden>{say(word)}: </VisuallyHidden>
      <span aria-hidden>{sign} </span>
      {line}
    </Tag>
  ));
}
