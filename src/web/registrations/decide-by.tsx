import { Text } from '@mantine/core';
import { daysUntil } from '../format/moments.js';
import { useNow } from '../shell/now.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** The day by which a registration should be decided, loud once it has passed. */
export function DecideBy({ day }: { readonly day: string | null }) {
  const { say } = useWords();
  const { timeZone } = useMe();
  const format = useFormat();
  const now = useNow();
  if (day === null) return '–';
  const left = daysUntil(timeZone, now, day);
  if (left > 0) return format.day(day);
  return (
    <Text span inherit fw={600} c={left < 0 ? 'var(--mantine-color-error)' : 'inherit'}>
      {format.day(day)} ({left < 0 ? say('decideBy.overdue') : say('decideBy.today')})
    </Text>
  );
}
