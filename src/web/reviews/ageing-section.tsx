import { Anchor, Table } from '@mantine/core';
import { useAnswer } from '../api/queries.js';
import type { Ageing } from '../api/shapes.js';
import { Section } from '../parts/section.js';
import { useWords } from '../words/use-words.js';

/** How long things have waited, by who answers them. Nothing where nothing waits. */
export function AgeingSection({ onChoose }: { readonly onChoose: (owner: string) => void }) {
  const { say } = useWords();
  const { data } = useAnswer<{ readonly items: readonly Ageing[] }>('/api/v1/reviews/ageing');
  if (data === undefined || data.items.length === 0) return null;
  const title = say('ageing.title');
  return (
    <Section title={title}>
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="region" aria-label={title}>
        <Table verticalSpacing={4} aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('reviews.assignee')}</Table.Th>
              {counted.map((name) => (
                <Table.Th key={name} scope="col" ta="right">
                  {say(`ageing.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.items.map((owner) => (
              <Table.Tr key={owner.assignee?.id ?? 'nobody'}>
                <Table.Td>
                  <Anchor component="button" inherit onClick={() => onChoose(owner.assignee?.id ?? 'nobody')}>
                    {owner.assignee?.name ?? say('ageing.nobody')}
                  </Anchor>
                </Table.Td>
                {counted.map((name) => (
                  <Table.Td
                    key={name}
                    ta="right"
                    {...(name.startsWith('late') && owner[name] > 0
                      ? { fw: 600, c: 'var(--mantine-color-error)' }
                      : {})}
                  >
                    {owner[name]}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

const counted = ['waiting', 'inTime', 'dueToday', 'lateUpToTwo', 'lateUpToFive', 'lateMore'] as const;
