import { Anchor, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useParams, useSearchParams } from 'react-router';
import { useAnswer } from '../api/queries.js';
import { latestMonths } from '../format/moments.js';
import type { Statement } from '../api/shapes.js';
import { Empty, Loaded, Page } from '../parts/page.js';
import { PartnerName } from '../partners/partner-name.js';
import { useNow } from '../shell/now.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { StatementOfCurrency } from './statement-of-currency.js';

const monthsBack = 24;

/** A partner's account of one month: the reader's own, or for operators the one the address names. */
export default function StatementPage() {
  const { say } = useWords();
  const format = useFormat();
  const { partner, programName, timeZone } = useMe();
  const [params, setParams] = useSearchParams();
  const months = latestMonths(timeZone, useNow(), monthsBack);
  const period = params.get('period') ?? months[0] ?? '';
  const { id = partner?.id ?? '' } = useParams();
  const path = `/api/v1/statements/${encodeURIComponent(id)}/${encodeURIComponent(period)}`;
  const query = useAnswer<Statement>(path);
  return (
    <Page
      title={say('statement.title', { month: format.month(period) })}
      {...(partner === null ? { back: { to: `/partners/${id}`, label: say('partner.title') } } : {})}
    >
      <Text className="print-only">
        {programName}, {partner === null ? <PartnerName id={id} /> : partner.name}
      </Text>
      <Group align="end" className="screen-only">
        <NativeSelect
          label={say('statement.month')}
          value={period}
          data={months.map((value) => ({ value, label: format.month(value) }))}
          onChange={(event) => setParams({ period: event.currentTarget.value }, { replace: true })}
        />
        <Anchor href={`${path}?format=csv`} download pb={8}>
          {say('statement.csv')}
        </Anchor>
        <Button variant="default" onClick={() => window.print()}>
          {say('statement.print')}
        </Button>
      </Group>
      <Loaded query={query}>
        {(statement) => (
          <Stack>
            <Text size="sm" c="dimmed">
              {say(statement.final ? 'statement.final' : 'statement.running')}
            </Text>
            {statement.currencies.length === 0 && <Empty>{say('statement.none')}</Empty>}
            {statement.currencies.map((account) => (
              <StatementOfCurrency key={account.currency} account={account} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
