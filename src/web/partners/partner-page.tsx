import { Anchor, Button, Code, CopyButton, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useAnswer, useList, withQuery } from '../api/queries.js';
import type { Partner, PartnerAgreement, PartnerPlan, Registration } from '../api/shapes.js';
import { BalancesTable } from '../commissions/balances-table.js';
import { Accepted } from '../joining/accepted-agreements.js';
import { Status } from '../parts/badges.js';
import { Facts } from '../parts/facts.js';
import { ListTable } from '../parts/list-table.js';
import { Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { PartnerPeople } from '../people/partner-people.js';
import { Sentences } from '../plans/sentences.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { EmbedTag } from './embed-tag.js';
import { ChangePartner } from './partner-form.js';
import { PartnerName } from './partner-name.js';
import { PartnerTermsHistory } from './partner-terms.js';

/** One partner: who it is, what it earned, what it introduced. */
export default function PartnerPage() {
  const { say } = useWords();
  const { id = '' } = useParams();
  const query = useAnswer<Partner>(`/api/v1/partners/${encodeURIComponent(id)}`);
  return (
    <Page
      title={query.data?.name ?? say('partner.title')}
      back={{ to: '/partners', label: say('partners.title') }}
      aside={query.data !== undefined && <Status group="partnerStatus" value={query.data.status} />}
    >
      <Loaded query={query}>{(partner) => <Details partner={partner} />}</Loaded>
    </Page>
  );
}

function Details({ partner }: { readonly partner: Partner }) {
  const { say } = useWords();
  const format = useFormat();
  const plan = useAnswer<PartnerPlan>(`/api/v1/partners/${encodeURIComponent(partner.id)}/plan`);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={say('partner.details')}>
          <Facts
            facts={[
              [say('field.email'), partner.email],
              [say('field.type'), partner.type],
              [say('field.tier'), partner.tier],
              [say('field.tags'), partner.tags.join(', ')],
              [say('partner.recruitedBy'), partner.recruitedBy && <PartnerName key="by" id={partner.recruitedBy} />],
              [say('partner.payoutCurrency'), partner.payoutCurrency ?? say('partner.currencyEarned')],
              [say('field.since'), format.dayOfMoment(partner.createdAt)],
            ]}
          />
          <ChangePartner partner={partner} />
          <PersonalLink url={partner.personalUrl} />
          <EmbedTag personalUrl={partner.personalUrl} />
        </Section>
        <Section title={say('balances.title')}>
          <BalancesTable partnerId={partner.id} />
          <Anchor component={Link} to={`/commissions?partnerId=${partner.id}`} size="sm">
            {say('partner.lines')}
          </Anchor>
          <Anchor component={Link} to={`/partners/${partner.id}/statement`} size="sm">
            {say('partner.statements')}
          </Anchor>
        </Section>
      </SimpleGrid>
      <Section title={say('terms.title')}>
        <PartnerTermsHistory partner={partner} />
      </Section>
      <Section title={say('people.title')}>
        <PartnerPeople partnerId={partner.id} />
      </Section>
      <Section title={say('agreement.title')}>
        <PartnersAgreement partnerId={partner.id} />
      </Section>
      <Section title={say('registrations.title')}>
        <PartnersRegistrations partnerId={partner.id} />
      </Section>
      <Section title={say('plan.inForce')}>
        <Loaded query={plan}>{({ sentences }) => <Sentences sentences={sentences} none={say('plan.none')} />}</Loaded>
      </Section>
    </Stack>
  );
}

function PartnersAgreement({ partnerId }: { readonly partnerId: string }) {
  const query = useAnswer<PartnerAgreement>(`/api/v1/partners/${encodeURIComponent(partnerId)}/agreement`);
  return <Loaded query={query}>{(agreement) => <Accepted agreement={agreement} />}</Loaded>;
}

function PersonalLink({ url }: { readonly url: string }) {
  const { say } = useWords();
  return (
    <Stack gap="xs">
      <Text size="sm">{say('partner.personalLink')}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere' }}>{url}</Code>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy} flex="none">
              {say(copied ? 'action.copied' : 'action.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}

function PartnersRegistrations({ partnerId }: { readonly partnerId: string }) {
  const { say } = useWords();
  const format = useFormat();
  const query = useList<Registration>(withQuery('/api/v1/registrations', { partnerId, limit: '20' }));
  return (
    <ListTable
      caption={say('registrations.title')}
      query={query}
      empty={say('partner.noRegistrations')}
      columns={[
        {
          title: say('field.company'),
          cell: ({ id, company }) => (
            <Anchor component={Link} to={`/registrations/${id}`} inherit>
              {company.name}
            </Anchor>
          ),
        },
        { title: say('field.status'), cell: ({ status }) => <Status group="status" value={status} /> },
        { title: say('field.submitted'), cell: ({ submittedAt }) => format.moment(submittedAt) },
        {
          title: say('field.protectedUntil'),
          cell: ({ protectedUntil }) => (protectedUntil === null ? '–' : format.day(protectedUntil)),
        },
      ]}
    />
  );
}
