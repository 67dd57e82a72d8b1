import { Anchor, Group, NativeSelect, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useAnswer, withQuery } from '../api/queries.js';
import type { Overview, OverviewMonth, Sum } from '../api/shapes.js';
import { lastDayOf } from '../format/moments.js';
import { Bars } from '../parts/bars.js';
import { Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

const spans = ['6', '12', '24'] as const;

/** How the program goes; every figure opens the rows behind it. */
export default function OverviewPage() {
  const { say } = useWords();
  const [params, setParams] = useSearchParams();
  const months = params.get('months') ?? '12';
  const query = useAnswer<Overview>(withQuery('/api/v1/overview', { months }));
  return (
    <Page title={say('overview.title')}>
      <Group>
        <NativeSelect
          label={say('overview.span')}
          value={months}
          data={spans.map((value) => ({ value, label: say('overview.months', { count: value }) }))}
          onChange={(event) => setParams({ months: event.currentTarget.value }, { replace: true })}
        />
      </Group>
      <Loaded query={query}>
        {(overview) => (
          <Stack gap="xl">
            <Now overview={overview} />
            <MoneyByMonth months={overview.months} />
            <CountsByMonth months={overview.months} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function Now({ overview: { unanswered, overdue, expiring, openPipeline } }: { readonly overview: Overview }) {
  const { say } = useWords();
  const format = useFormat();
  const expiringRows = withQuery('/registrations', { status: 'approved', by: 'protected', to: expiring.until });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
      <Figure label={say('overview.unanswered')} to="/reviews">
        {unanswered}
      </Figure>
      <Figure label={say('overview.overdue')} to="/reviews">
        {overdue}
      </Figure>
      <Figure label={say('overview.expiring', { day: format.day(expiring.until) })} to={expiringRows}>
        {expiring.count}
      </Figure>
      <Figure label={say('overview.openPipeline')} to="/registrations?status=approved">
        <Sums sums={openPipeline} />
      </Figure>
    </SimpleGrid>
  );
}

interface FigureProps {
  readonly label: string;
  readonly to: string;
  readonly children: ReactNode;
}

function Figure({ label, to, children }: FigureProps) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Anchor component={Link} to={to} fz="xl" fw={600}>
        {children}
      </Anchor>
    </Paper>
  );
}

function Sums({ sums }: { readonly sums: readonly Sum[] }) {
  const format = useFormat();
  if (sums.length === 0) return '–';
  return sums.map(({ amount, currency }, index) => (
    <Fragment key={currency}>
      {index > 0 && <br />}
      {format.money(amount, currency)}
    </Fragment>
  ));
}

interface MonthsProps {
  readonly months: readonly OverviewMonth[];
}

/** What each month's rows are, by the day that counts. */
function rowsOf(month: string, by: string, status: string | null = null): string {
  return withQuery('/registrations', { status, by, from: `${month}-01`, to: lastDayOf(month) });
}

function MoneyByMonth({ months }: MonthsProps) {
  const { say } = useWords();
  const format = useFormat();
  const currencies = [...new Set(months.flatMap(({ revenue }) => revenue.map(({ currency }) => currency)))].sort();
  return (
    <Section title={say('overview.money')}>
      {currencies.map((currency) => (
        <Fragment key={currency}>
          <Title order={3} size="sm">
            {say('overview.revenueIn', { currency })}
          </Title>
          <Bars
            label={say('overview.revenueIn', { currency })}
            rows={months.toReversed().map(({ month, revenue }) => {
              const amount = amountIn(revenue, currency);
              const figure = amount === null ? '–' : format.money(amount, currency);
              return {
                id: month,
                name: format.month(month),
                bars: [{ id: 'revenue', size: Number(amount ?? '0'), figure, tone: 'after' as const }],
              };
            })}
          />
        </Fragment>
      ))}
      <MonthTable
        label={say('overview.money')}
        months={months}
        columns={[
          [say('overview.pipeline'), ({ month, pipeline }) => linkedSums(rowsOf(month, 'approved'), pipeline)],
          [say('overview.revenue'), ({ month, revenue }) => linkedSums(rowsOf(month, 'won'), revenue)],
          [
            say('overview.commission'),
            ({ month, commission }) => linkedSums(`/commissions?period=${month}`, commission),
          ],
          [
            say('overview.cost'),
            ({ cost }) =>
              cost.length === 0
                ? '–'
                : cost.map(({ currency, percent }) => `${format.number(percent)} % (${currency})`).join(', '),
          ],
        ]}
      />
    </Section>
  );
}

function amountIn(sums: readonly Sum[], wanted: string): string | null {
  return sums.find(({ currency }) => currency === wanted)?.amount ?? null;
}

function CountsByMonth({ months }: MonthsProps) {
  const { say } = useWords();
  const format = useFormat();
  return (
    <Section title={say('overview.counts')}>
      <MonthTable
        label={say('overview.counts')}
        months={months}
        columns={[
          [say('overview.submitted'), ({ month, submitted }) => linked(rowsOf(month, 'submitted'), submitted)],
          [say('overview.approved'), ({ month, approved }) => linked(rowsOf(month, 'approved'), approved)],
          [say('overview.rejected'), ({ month, rejected }) => linked(rowsOf(month, 'decided', 'rejected'), rejected)],
          [
            say('overview.answerTime'),
            ({ answerHours }) => (answerHours === null ? '–' : say('overview.hours', { count: answerHours })),
          ],
          [say('overview.won'), ({ month, won }) => linked(rowsOf(month, 'won'), won)],
          [say('overview.winRate'), ({ winRate }) => (winRate === null ? '–' : `${format.number(winRate)} %`)],
        ]}
      />
    </Section>
  );
}

function linked(to: string, shown: ReactNode) {
  return (
    <Anchor component={Link} to={to} inherit>
      {shown}
    </Anchor>
  );
}

function linkedSums(to: string, sums: readonly Sum[]) {
  return sums.length === 0 ? '–' : linked(to, <Sums sums={sums} />);
}

interface MonthTableProps extends MonthsProps {
  readonly label: string;
  readonly columns: readonly (readonly [title: string, cell: (month: OverviewMonth) => ReactNode])[];
}

function MonthTable({ label, months, columns }: MonthTableProps) {
  const { say } = useWords();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="region" aria-label={label}>
      <Table verticalSpacing={6} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say('overview.month')}</Table.Th>
            {columns.map(([title]) => (
              <Table.Th key={title} scope="col" ta="right">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {months.map((month) => (
            <Table.Tr key={month.month}>
              <Table.Th scope="row" fw={400}>
                {format.month(month.month)}
              </Table.Th>
              {columns.map(([title, cell]) => (
                <Table.Td key={title} ta="right">
                  {cell(month)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
