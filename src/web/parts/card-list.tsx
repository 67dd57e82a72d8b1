import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ListQuery } from '../api/queries.js';
import { Fault } from './fault.js';
import { More } from './list-table.js';
import { Empty, Outline } from './page.js';

interface CardListProps<T> {
  readonly query: ListQuery<T>;
  /** When there is none. */
  readonly empty: ReactNode;
  /** One of them, with a key. */
  readonly children: (item: T) => ReactNode;
}

/** A list page by page, of things that say more than a row of a table can. */
export function CardList<T>({ query, empty, children }: CardListProps<T>) {
  const { items, error } = query;
  return (
    <>
      {error !== null && <Fault error={error} retry={() => void query.refetch()} />}
      {items === undefined && error === null && <Outline />}
      {items?.length === 0 && <Empty>{empty}</Empty>}
      {items !== undefined && items.length > 0 && (
        <>
          <Stack>{items.map(children)}</Stack>
          <More query={query} count={items.length} />
        </>
      )}
    </>
  );
}
