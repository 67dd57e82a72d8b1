import { Table, Text } from '@mantine/core';
import { useAnswer } from '../api/queries.js';
import type { Balances } from '../api/shapes.js';
import { Loaded } from '../parts/page.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

const sums = ['pending', 'payable', 'onHold', 'paid', 'owedBack'] as const;

/** What a partner has coming, was paid and owes; a row for each currency, as they never net. */
export function BalancesTable({ partnerId }: { readonly partnerId: string }) {
  const { say } = useWords();
  const query = useAnswer<Balances>(`/api/v1/partners/${encodeURIComponent(partnerId)}/balances`);
  return (
    <Loaded query={query}>
      {({ balances }) =>
        balances.length === 0 ? (
          <Text size="sm" c="dimmed">
            {say('balances.none')}
          </Text>
        ) : (
          <Filled balances={balances} />
        )
      }
    </Loaded>
  );
}

function Filled({ balances }: Pick<Balances, 'balances'>) {
  const { say } = useWords();
  const format = useFormat();
  return (
    <Table verticalSpacing={6} aria-label={say('balances.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{say('balances.sum')}</Table.Th>
          {balances.map(({ currency }) => (
            <Table.Th key={currency} scope="col" ta="right">
              {currency}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sums.map((sum) => (
          <Table.Tr key={sum}>
            <Table.Th scope="row" fw={400}>
              {say(`balances.${sum}`)}
            </Table.Th>
            {balances.map((balance) => (
              <Table.Td key={balance.currency} ta="right">
                {format.money(balance[sum], balance.currency)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
