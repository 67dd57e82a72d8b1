import { Alert, Button, Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAct, useAnswer } from '../api/queries.js';
import type { Agreement, PartnerAgreement } from '../api/shapes.js';
import { DocumentText } from '../parts/document-text.js';
import { useErrorWords } from '../parts/fault.js';
import { Empty, Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { Accepted } from './accepted-agreements.js';

/** The agreement a partner works under: read, accepted, kept. */
export default function AgreementPage() {
  const { say } = useWords();
  const { partner } = useMe();
  const query = useAnswer<PartnerAgreement>(`/api/v1/partners/${encodeURIComponent(partner?.id ?? '')}/agreement`);
  return (
    <Page title={say('agreement.title')}>
      <Loaded query={query}>{(agreement) => <Details agreement={agreement} />}</Loaded>
    </Page>
  );
}

function Details({ agreement }: { readonly agreement: PartnerAgreement }) {
  const { say } = useWords();
  const format = useFormat();
  const { current, asked, neededToRegister } = agreement;
  if (current === null) return <Empty>{say('agreement.none')}</Empty>;
  const words = say(neededToRegister ? 'agreement.neededToRegister' : 'agreement.asked');
  return (
    <Stack maw={760}>
      {asked && (
        <Alert color="orange" variant="outline" role="status" title={words}>
          {current.note}
        </Alert>
      )}
      <Section title={say('agreement.version', { version: current.version, day: format.day(current.effectiveFrom) })}>
        <DocumentText text={current.text} />
      </Section>
      {asked && <Accept current={current} />}
      <Accepted agreement={agreement} />
    </Stack>
  );
}

function Accept({ current }: { readonly current: Agreement }) {
  const { say } = useWords();
  const { role } = useMe();
  const errorWords = useErrorWords();
  const [read, setRead] = useState(false);
  const act = useAct<PartnerAgreement>();
  const { version, contentHash } = current;
  if (role !== 'owner') return <Alert variant="outline">{say('agreement.ownersAccept')}</Alert>;
  return (
    <Section title={say('agreement.accept')}>
      {act.error !== null && (
        <Alert color="red" variant="outline" role="alert">
          {errorWords(act.error)}
        </Alert>
      )}
      <Checkbox
        label={say('agreement.haveRead')}
        checked={read}
        onChange={(event) => setRead(event.currentTarget.checked)}
      />
      <Button
        w="fit-content"
        disabled={!read}
        loading={act.isPending}
        onClick={() => act.mutate({ path: '/api/v1/agreements/accept', body: { version, contentHash } })}
      >
        {say('agreement.accept')}
      </Button>
    </Section>
  );
}
