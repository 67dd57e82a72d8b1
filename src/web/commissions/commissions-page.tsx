import { Anchor, Badge, Button, Group, NativeSelect } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useAnswer, useList, withQuery } from '../api/queries.js';
import type { CommissionLine, Dispute } from '../api/shapes.js';
import { latestMonths } from '../format/moments.js';
import { Status } from '../parts/badges.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { PartnerName } from '../partners/partner-name.js';
import { CompanyName } from '../registrations/company-name.js';
import { useNow } from '../shell/now.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { BalancesTable } from './balances-table.js';

const statuses = ['pending', 'payable', 'paid', 'on_hold'] as const;
const monthsBack = 24;

/** What was earned: a partner's own lines, or everybody's. */
export default function CommissionsPage() {
  const { say } = useWords();
  const { partner } = useMe();
  const [params, setParams] = useSearchParams();
  const filter = {
    status: params.get('status'),
    period: params.get('period'),
    partnerId: params.get('partnerId'),
  };
  const query = useList<CommissionLine>(withQuery('/api/v1/commissions', filter));
  const isNarrowed = Object.values(filter).some(Boolean);
  return (
    <Page title={say('commissions.title')}>
      {partner !== null && (
        <Section title={say('balances.title')}>
          <BalancesTable partnerId={partner.id} />
        </Section>
      )}
      <Filters
        filter={filter}
        choose={(name, value) =>
          setParams((before) => ({ ...Object.fromEntries(before), [name]: value }), { replace: true })
        }
      />
      <ListTable
        caption={say('commissions.title')}
        query={query}
        columns={useColumns(partner === null)}
        empty={say(isNarrowed ? 'commissions.noneFound' : 'commissions.none')}
      />
    </Page>
  );
}

interface FiltersProps {
  readonly filter: Readonly<Record<'status' | 'period' | 'partnerId', string | null>>;
  readonly choose: (name: string, value: string) => void;
}

function Filters({ filter, choose }: FiltersProps) {
  const { say } = useWords();
  const { timeZone } = useMe();
  const format = useFormat();
  const months = latestMonths(timeZone, useNow(), monthsBack);
  return (
    <Group align="end">
      <NativeSelect
        label={say('field.status')}
        value={filter.status ?? ''}
        data={[
          { value: '', label: say('commissions.anyStatus') },
          ...statuses.map((value) => ({ value, label: say(`lineStatus.${value}`) })),
        ]}
        onChange={(event) => choose('status', event.currentTarget.value)}
      />
      <NativeSelect
        label={say('commissions.period')}
        value={filter.period ?? ''}
        data={[
          { value: '', label: say('commissions.anyPeriod') },
          ...months.map((value) => ({ value, label: format.month(value) })),
        ]}
        onChange={(event) => choose('period', event.currentTarget.value)}
      />
      {filter.partnerId !== null && filter.partnerId !== '' && (
        <Button variant="default" onClick={() => choose('partnerId', '')}>
          {say('commissions.allPartners')}
        </Button>
      )}
    </Group>
  );
}

/** The lines that somebody disputes now, of the newest two hundred disputes that are not settled. */
function useDisputedLines(): ReadonlySet<string | null> {
  const { data } = useAnswer<{ readonly items: readonly Dispute[] }>('/api/v1/disputes?state=unsettled&limit=200');
  return new Set(data?.items.map(({ lineId }) => lineId));
}

function useColumns(withPartner: boolean): readonly Column<CommissionLine>[] {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const disputed = useDisputedLines();
  const partner: Column<CommissionLine> = {
    title: say('field.partner'),
    cell: ({ partnerId }) => <PartnerName id={partnerId} />,
    value: ({ partnerId }) => partnerId,
  };
  return [
    {
      title: say('line.kind'),
      cell: ({ id, kind }) => (
        <Anchor component={Link} to={`/commissions/${id}`} fw={500} inherit>
          {sayOf('lineKind', kind)}
        </Anchor>
      ),
      value: ({ kind }) => sayOf('lineKind', kind),
    },
    {
      title: say('field.amount'),
      cell: ({ amount, currency }) => format.money(amount, currency),
      align: 'right',
      value: ({ amount }) => amount,
    },
    {
      title: say('line.customer'),
      cell: ({ registrationId }) => (registrationId === null ? '–' : <CompanyName registrationId={registrationId} />),
    },
    ...(withPartner ? [partner] : []),
    {
      title: say('field.status'),
      value: ({ status }) => sayOf('lineStatus', status),
      cell: ({ id, status }) => (
        <Group gap={6} wrap="nowrap">
          <Status group="lineStatus" value={status} />
          {disputed.has(id) && (
            <Badge variant="dot" color="orange" tt="none" fw={500} radius="sm" miw="max-content">
              {say('dispute.inDispute')}
            </Badge>
          )}
        </Group>
      ),
    },
    { title: say('line.earnedOn'), cell: ({ earnedOn }) => format.day(earnedOn), value: ({ earnedOn }) => earnedOn },
    {
      title: say('line.payableOn'),
      cell: ({ payableOn }) => format.day(payableOn),
      value: ({ payableOn }) => payableOn,
    },
    { title: say('field.currency'), cell: ({ currency }) => currency, value: ({ currency }) => currency },
    { title: say('line.component'), cell: ({ component }) => component, value: ({ component }) => component },
  ];
}
