import { Button, Group, Table, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { csvText } from '../../platform/csv-text.js';
import { readAll, type ListQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';
import { Fault } from './fault.js';
import { Empty, Outline } from './page.js';
import { saveFile } from './save-file.js';
import { sortedRows, type CellValue } from './sorted-rows.js';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'right';
  /** What the cell says as plain text: it can be sorted by that, and it is what the file has. */
  readonly value?: (row: T) => CellValue;
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

function everyRow<T>(rows: readonly T[]): readonly T[] {
  return rows;
}

interface Sorting {
  readonly title: string;
  readonly descending: boolean;
}

/** A list page by page, dense, with its first column naming the row; by a click on a title in another order, and as a file. */
export function ListTable<T extends { readonly id: string }>(props: ListTableProps<T>) {
  const { query, columns, caption, empty, emptyAction, shown = everyRow<T> } = props;
  const { locale } = useWords();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  useAllPages(query, sorting !== null);
  if (query.items === undefined) {
    return query.error === null ? <Outline /> : <Fault error={query.error} retry={() => void query.refetch()} />;
  }
  const value = columns.find(({ title }) => title === sorting?.title)?.value;
  const narrowed = shown(query.items);
  // Sorted once all of it is here: rows that jump with every page that comes help nobody.
  const rows =
    sorting === null || value === undefined || query.hasNextPage
      ? narrowed
      : sortedRows(narrowed, value, sorting.descending, locale);
  return (
    <>
      {query.error !== null && <Fault error={query.error} retry={() => void query.refetch()} />}
      {rows.length === 0 ? (
        <Empty action={emptyAction}>{empty}</Empty>
      ) : (
        <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="region" aria-label={caption}>
          <Table verticalSpacing={6} highlightOnHover aria-label={caption}>
            <Head columns={columns} sorting={sorting} sort={setSorting} />
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
      <Group>
        <More query={query} count={rows.length} />
        {rows.length > 0 && <Download caption={caption} query={query} columns={columns} shown={shown} />}
      </Group>
    </>
  );
}

/** A list can be sorted only when all of it is here. */
function useAllPages<T>({ hasNextPage, isFetching, error, fetchNextPage }: ListQuery<T>, wanted: boolean) {
  useEffect(() => {
    if (wanted && hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [wanted, hasNextPage, isFetching, error, fetchNextPage]);
}

interface HeadProps<T> {
  readonly columns: readonly Column<T>[];
  readonly sorting: Sorting | null;
  readonly sort: (sorting: Sorting | null) => void;
}

function Head<T>({ columns, sorting, sort }: HeadProps<T>) {
  return (
    <Table.Thead>
      <Table.Tr>
        {columns.map(({ title, align, value }) => {
          const own = sorting?.title === title ? sorting : null;
          return (
            <Table.Th key={title} scope="col" ta={align ?? 'left'} aria-sort={directionOf(own)}>
              {value === undefined ? (
                title
              ) : (
                <UnstyledButton fw={700} fz="inherit" onClick={() => sort(nextSorting(title, own))}>
                  {title}
                  <span aria-hidden>{own === null ? '' : own.descending ? ' ↓' : ' ↑'}</span>
                </UnstyledButton>
              )}
            </Table.Th>
          );
        })}
      </Table.Tr>
    </Table.Thead>
  );
}

function directionOf(sorting: Sorting | null): 'ascending' | 'descending' | undefined {
  if (sorting === null) return undefined;
  return sorting.descending ? 'descending' : 'ascending';
}

/** Upwards, then downwards, then as the list came. */
function nextSorting(title: string, own: Sorting | null): Sorting | null {
  if (own === null) return { title, descending: false };
  return own.descending ? null : { title, descending: true };
}

type DownloadProps<T> = Required<Pick<ListTableProps<T>, 'caption' | 'query' | 'columns' | 'shown'>>;

/** The whole list as a file, also what is not shown yet. */
function Download<T>({ caption, query, columns, shown }: DownloadProps<T>) {
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const written = columns.flatMap(({ title, value }) => (value === undefined ? [] : [{ title, value }]));
  if (written.length === 0) return null;
  const write = async () => {
    const rows = shown(await readAll<T>(query.path));
    const cells = rows.map((row) => Object.fromEntries(written.map(({ title, value }) => [title, value(row)])));
    const titles = written.map(({ title }) => title);
    saveFile(`${caption}.csv`, 'text/csv;charset=utf-8', csvText(titles, cells));
  };
  const download = async () => {
    setBusy(true);
    setFault(null);
    // Half a list is no list.
    await write().catch(setFault);
    setBusy(false);
  };
  if (fault !== null) return <Fault error={fault} retry={() => void download()} />;
  return (
    <Button size="xs" variant="subtle" loading={busy} onClick={() => void download()}>
      {say('list.download')}
    </Button>
  );
}

/** How much of a list is shown, and the way to more. */
export function More<T>({ query, count }: { readonly query: ListQuery<T>; readonly count: number }) {
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
