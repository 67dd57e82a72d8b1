import { Code, Stack, Text } from '@mantine/core';
import { useList, withQuery } from '../api/queries.js';
import type { Mail } from '../api/shapes.js';
import { Filters, useFilters } from '../parts/filters.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** Mail that waits, to be passed on by hand where there is no mail server, and what went out. */
export default function MailsPage() {
  const { say } = useWords();
  const query = useList<Mail>(withQuery('/api/v1/mails', useFilters(['state'])));
  const states = ['waiting', 'sent', 'withheld'] as const;
  return (
    <Page title={say('mails.title')}>
      <Text size="sm" c="dimmed">
        {say('mails.words')}
      </Text>
      <Filters
        filters={[
          {
            kind: 'choice',
            name: 'state',
            label: say('mails.state'),
            options: states.map((value) => ({ value, label: say(`mails.${value}`) })),
          },
        ]}
      />
      <ListTable caption={say('mails.title')} query={query} columns={useColumns()} empty={say('mails.none')} />
    </Page>
  );
}

function useColumns(): readonly Column<Mail>[] {
  const { say } = useWords();
  const format = useFormat();
  return [
    {
      title: say('mails.subject'),
      cell: ({ subject, text }) => (
        <Stack gap={4}>
          {subject}
          {text !== null && (
            <details>
              <summary>{say('mails.read')}</summary>
              <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {text}
              </Code>
            </details>
          )}
        </Stack>
      ),
      value: ({ subject }) => subject,
    },
    { title: say('mails.to'), cell: ({ to }) => to, value: ({ to }) => to },
    {
      title: say('mails.written'),
      cell: ({ createdAt }) => format.moment(createdAt),
      value: ({ createdAt }) => createdAt,
    },
    {
      title: say('mails.sentAt'),
      cell: ({ sentAt, withheldAt }) =>
        sentAt === null ? say(withheldAt === null ? 'mails.waiting' : 'mails.withheld') : format.moment(sentAt),
      value: ({ sentAt }) => sentAt,
    },
  ];
}
