import { Anchor, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Statement } from '../api/shapes.js';
import { Section } from '../parts/section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

type Account = Statement['currencies'][number];

/** One currency of a statement: from the opening balance to the closing one, every movement in between. */
export function StatementOfCurrency({ account }: { readonly account: Account }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { currency } = account;
  const money = (amount: string) => format.money(amount, currency);
  return (
    <Section title={currency}>
      <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="region" aria-label={currency}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('statement.booked')}</Table.Th>
              <Table.Th scope="col">{say('statement.what')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {say('field.amount')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Sum name={say('statement.opening')} amount={money(account.opening)} />
            {[...account.lines, ...account.adjustments].map((line) => (
              <Movement
                key={line.id}
                day={format.day(line.bookedOn)}
                what={
                  <Anchor component={Link} to={`/commissions/${line.id}`} inherit>
                    {sayOf('lineKind', line.kind)} ({line.rule})
                  </Anchor>
                }
                amount={money(line.amount)}
              />
            ))}
            {account.payouts.map((payout) => (
              <Movement
                key={payout.id}
                day={format.day(payout.bookedOn)}
                what={`${sayOf('payoutKind', payout.kind)} ${payout.reference}`}
                amount={money(payout.amount)}
              />
            ))}
            <Sum name={say('statement.closing')} amount={money(account.closing)} />
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Sum({ name, amount }: { readonly name: string; readonly amount: string }) {
  return (
    <Table.Tr fw={600}>
      <Table.Td />
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right">{amount}</Table.Td>
    </Table.Tr>
  );
}

interface MovementProps {
  readonly day: string;
  readonly what: ReactNode;
  readonly amount: string;
}

function Movement({ day, what, amount }: MovementProps) {
  return (
    <Table.Tr>
      <Table.Td>{day}</Table.Td>
      <Table.Td>{what}</Table.Td>
      <Table.Td ta="right">{amount}</Table.Td>
    </Table.Tr>
  );
}
