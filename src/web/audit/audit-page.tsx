import { Code, Text } from '@mantine/core';
import { useList, withQuery } from '../api/queries.js';
import type { AuditEntry } from '../api/shapes.js';
import { endOfDay, startOfDay } from '../format/moments.js';
import { Filters, useFilters } from '../parts/filters.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

const names = ['subjectType', 'subjectId', 'actorId', 'action', 'from', 'to'] as const;

/** Who did what, and when. */
export default function AuditPage() {
  const { say } = useWords();
  const { timeZone } = useMe();
  const { from, to, ...filter } = useFilters(names);
  const query = useList<AuditEntry>(
    withQuery('/api/v1/audit', {
      ...filter,
      from: from && startOfDay(timeZone, from),
      until: to && endOfDay(timeZone, to),
    }),
  );
  return (
    <Page title={say('audit.title')}>
      <Filters
        filters={[
          { kind: 'text', name: 'subjectType', label: say('audit.subjectType') },
          { kind: 'text', name: 'subjectId', label: say('audit.subjectId') },
          { kind: 'text', name: 'actorId', label: say('audit.actorId') },
          { kind: 'text', name: 'action', label: say('audit.action') },
          { kind: 'day', name: 'from', label: say('filter.from') },
          { kind: 'day', name: 'to', label: say('filter.to') },
        ]}
      />
      <ListTable caption={say('audit.title')} query={query} columns={useColumns()} empty={say('audit.none')} />
    </Page>
  );
}

function useColumns(): readonly Column<AuditEntry>[] {
  const { say } = useWords();
  const format = useFormat();
  return [
    {
      title: say('audit.who'),
      cell: ({ actor }) => (
        <>
          {actor.kind === 'partner' && actor.id !== null ? (
            <PartnerName id={actor.id} />
          ) : (
            (actor.name ?? say('audit.system'))
          )}
          {actor.id !== null && (
            <Text size="xs" c="dimmed">
              {actor.personId ?? actor.id}
            </Text>
          )}
        </>
      ),
      value: ({ actor }) => actor.name ?? actor.id ?? say('audit.system'),
    },
    { title: say('audit.when'), cell: ({ at }) => format.moment(at), value: ({ at }) => at },
    { title: say('audit.action'), cell: ({ action }) => action, value: ({ action }) => action },
    {
      title: say('audit.subject'),
      cell: ({ subject: { type, id } }) => (
        <>
          {type}
          <Text size="xs" c="dimmed">
            {id}
          </Text>
        </>
      ),
      value: ({ subject: { type, id } }) => `${type} ${id}`,
    },
    {
      title: say('audit.details'),
      value: ({ details }) => JSON.stringify(details),
      cell: ({ details }) =>
        Object.keys(details).length === 0 ? (
          '–'
        ) : (
          <Code style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{JSON.stringify(details)}</Code>
        ),
    },
  ];
}
