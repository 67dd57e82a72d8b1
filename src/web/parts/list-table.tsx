import { Button, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ListQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';
import { Fault } from './fault.js';
import { Empty, Outline } from './page.js';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'right';
}

interface ListTableProps<T> {
  readonly caption: string;
  readonly query: ListQuery<T>;
  readonly columns: readonly Column<T>[];
  /** When nothing matches. */
  readonly empty: ReactNode;
  readonly emptyAction?: ReactNode;
  /** The rows to show of those that are here, where the page narrows them. */
  readonly shown?: (rows: readonly T[]) => readonly T[];
}

/** A list page by page, dense, with its first column naming the row. */
export function ListTable<T extends { readonly id: string }>(props: ListTableProps<T>) {
  const { query, columns, caption, empty, emptyAction, shown = (rows) => rows } = props;
  if (query.items === undefined) {
    return query.error === null ? <Outline /> : <Fault error={query.error} retry={() => void query.refetch()} />;
  }
  const rows = shown(query.items);
  return (
    <>
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {rows.length === 0 ? (
        <Empty action={emptyAction}>{empty}</Empty>
      ) : (
        <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="region" aria-label={caption}>
          <Table verticalSpacing={6} highlightOnHover aria-label={caption}>
            <Head columns={columns} />
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  {columns.map(({ title, cell, align }) => (
                    <Table.Td key={title} ta={align ?? 'left'}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <More query={query} count={rows.length} />
    </>
  );
}

function Head<T>({ columns }: { readonly columns: readonly Column<T>[] }) {
  return (
    <Table.Thead>
      <Table.Tr>
        {columns.map(({ title, align }) => (
          <Table.Th key={title} scope="col" ta={align ?? 'left'}>
            {title}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

function More<T>({ query, count }: { readonly query: ListQuery<T>; readonly count: number }) {
  const { say } = useWords();
  return (
    <Group>
      <Text size="sm" c="dimmed" role="status">
        {say(query.hasNextPage ? 'list.shownOfMore' : 'list.shown', { count })}
      </Text>
      {query.hasNextPage && (
        <Button
          size="xs"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {say('list.more')}
        </Button>
      )}
    </Group>
  );
}
