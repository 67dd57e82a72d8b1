import { Anchor, List, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { PlanPreview } from '../../api/shapes.js';
import { Bars } from '../../parts/bars.js';
import { useFormat } from '../../shell/who.js';
import { useWords } from '../../words/use-words.js';

/** More bars than that are no picture. */
const mostDrawn = 12;

/** What a plan would change: per partner as a picture and a table, then per deal. Each currency by itself. */
export function PreviewResult({ preview }: { readonly preview: PlanPreview }) {
  const { say } = useWords();
  const format = useFormat();
  const { dealsCompared: compared, dealsChanged: changed, from, to } = preview;
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        {say('planPreview.compared', { compared, changed, from: format.day(from), to: format.day(to) })}
      </Text>
      {preview.totals.map(({ currency }) => (
        <OfCurrency key={currency} preview={preview} currency={currency} />
      ))}
      {preview.totals.length === 0 && <Text c="dimmed">{say('planPreview.nothing')}</Text>}
      {preview.flags.length > 0 && (
        <Stack gap={4}>
          <Title order={3} size="sm">
            {say('planPreview.flags')}
          </Title>
          <List size="sm">
            {preview.flags.map(({ dealId, dealName, flag, sentence }) => (
              <List.Item key={`${dealId} ${flag}`}>
                {dealName ?? dealId}: {sentence}
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Stack>
  );
}

interface OfCurrencyProps {
  readonly preview: PlanPreview;
  readonly currency: string;
}

function OfCurrency({ preview, currency }: OfCurrencyProps) {
  const { say } = useWords();
  const format = useFormat();
  const ofIt = <T extends { readonly currency: string }>(rows: readonly T[]) =>
    rows.filter((row) => row.currency === currency);
  const partners = ofIt(preview.partners);
  const deals = ofIt(preview.deals);
  const drawn = partners.slice(0, mostDrawn).map(({ partnerId, partnerName, booked, wouldBe }) => ({
    id: partnerId,
    name: partnerName ?? partnerId,
    bars: [
      {
        id: 'booked',
        size: Number(booked),
        figure: `${say('planPreview.booked')} ${format.money(booked, currency)}`,
        tone: 'before' as const,
      },
      {
        id: 'would-be',
        size: Number(wouldBe),
        figure: `${say('planPreview.wouldBe')} ${format.money(wouldBe, currency)}`,
        tone: 'after' as const,
      },
    ],
  }));
  return (
    <Stack gap="sm">
      <Title order={3} size="sm">
        {currency}
      </Title>
      {drawn.length > 0 && <Bars label={`${say('planPreview.chart')} (${currency})`} rows={drawn} />}
      <Comparisons
        caption={`${say('planPreview.partner')} (${currency})`}
        first={say('planPreview.partner')}
        rows={[
          ...partners.map((row) => ({
            ...row,
            id: row.partnerId,
            name: (
              <Anchor component={Link} to={`/partners/${row.partnerId}`} inherit>
                {row.partnerName ?? row.partnerId}
              </Anchor>
            ),
          })),
          ...ofIt(preview.totals).map((row) => ({ ...row, id: 'total', name: <b>{say('planPreview.total')}</b> })),
        ]}
      />
      {deals.length > 0 && (
        <details>
          <summary>
            {say('planPreview.perDeal')} ({deals.length})
          </summary>
          <Comparisons
            caption={`${say('planPreview.perDeal')} (${currency})`}
            first={say('field.deal')}
            rows={deals.map((row) => ({
              ...row,
              id: `${row.dealId} ${row.partnerId}`,
              name: row.dealName ?? row.crmDealId ?? row.dealId,
            }))}
          />
        </details>
      )}
    </Stack>
  );
}

interface Comparison {
  readonly id: string;
  readonly name: React.ReactNode;
  readonly currency: string;
  readonly booked: string;
  readonly wouldBe: string;
  readonly difference: string;
}

interface ComparisonsProps {
  readonly caption: string;
  readonly first: string;
  readonly rows: readonly Comparison[];
}

function Comparisons({ caption, first, rows }: ComparisonsProps) {
  const { say } = useWords();
  const format = useFormat();
  const figures = ['booked', 'wouldBe', 'difference'] as const;
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="region" aria-label={caption}>
      <Table verticalSpacing={4} aria-label={caption}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{first}</Table.Th>
            {figures.map((figure) => (
              <Table.Th key={figure} scope="col" ta="right">
                {say(`planPreview.${figure}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>{row.name}</Table.Td>
              {figures.map((figure) => (
                <Table.Td key={figure} ta="right">
                  {format.money(row[figure], row.currency)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
