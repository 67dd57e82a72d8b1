import { Alert, Button, Group, Modal, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct, useAnswer } from '../api/queries.js';
import type { Partner, PartnerTerms } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { Loaded } from '../parts/page.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { PartnerTypeInput } from './partner-type-input.js';

const beginning = '0001-01-01';

/** A partner's type and tier over time, and changing them from a day on. */
export function PartnerTermsHistory({ partner }: { readonly partner: Partner }) {
  const { say } = useWords();
  const { rights } = useMe();
  const [changing, setChanging] = useState(false);
  const path = `/api/v1/partners/${encodeURIComponent(partner.id)}/terms`;
  const query = useAnswer<{ readonly items: readonly PartnerTerms[] }>(path);
  const mayChange = rights === null || rights.includes('partners:manage');
  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm">{say('terms.words')}</Text>
        {mayChange && (
          <Button variant="default" flex="none" onClick={() => setChanging(true)}>
            {say('terms.change')}
          </Button>
        )}
      </Group>
      <Loaded query={query}>{({ items }) => <History terms={items} />}</Loaded>
      {changing && (
        <Modal
          opened
          onClose={() => setChanging(false)}
          title={say('terms.change')}
          closeButtonProps={{ 'aria-label': say('action.close') }}
        >
          <ChangeTerms partner={partner} onDone={() => setChanging(false)} />
        </Modal>
      )}
    </Stack>
  );
}

function History({ terms }: { readonly terms: readonly PartnerTerms[] }) {
  const { say } = useWords();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="region" aria-label={say('terms.title')}>
      <Table verticalSpacing={6} aria-label={say('terms.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say('terms.since')}</Table.Th>
            <Table.Th scope="col">{say('field.type')}</Table.Th>
            <Table.Th scope="col">{say('field.tier')}</Table.Th>
            <Table.Th scope="col">{say('decide.reason')}</Table.Th>
            <Table.Th scope="col">{say('terms.recorded')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {terms.map((one) => (
            <Table.Tr key={one.since}>
              <Table.Td>{one.since === beginning ? say('terms.beginning') : format.day(one.since)}</Table.Td>
              <Table.Td>{one.type}</Table.Td>
              <Table.Td>{one.tier ?? '–'}</Table.Td>
              <Table.Td>{one.reason ?? '–'}</Table.Td>
              <Table.Td>{[one.recordedBy, format.moment(one.recordedAt)].filter(Boolean).join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ChangeTerms({ partner, onDone }: { readonly partner: Partner; readonly onDone: () => void }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [typed, setTyped] = useState({ type: partner.type, tier: partner.tier ?? '', since: '', reason: '' });
  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));
  const act = useAct<Partner>();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { type, tier, since, reason } = typed;
    const body = { type, tier: tier.trim() === '' ? null : tier, reason, ...(since === '' ? {} : { since }) };
    act.mutate(
      { path: `/api/v1/partners/${encodeURIComponent(partner.id)}`, method: 'PATCH', body },
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && Object.keys(faults).length === 0 && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <Text size="sm">{say('terms.oldDeals')}</Text>
        <PartnerTypeInput type={typed.type} error={expected('type')} onChange={(type) => change({ type })} />
        <TextInput
          label={say('field.tier')}
          value={typed.tier}
          error={expected('tier')}
          onChange={(event) => change({ tier: event.currentTarget.value })}
        />
        <TextInput
          label={say('terms.since')}
          description={say('agreement.fromHint')}
          type="date"
          value={typed.since}
          error={expected('since')}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        <Textarea
          label={say('decide.reason')}
          description={say('terms.reasonHint')}
          required
          maxLength={1000}
          value={typed.reason}
          error={expected('reason')}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say('terms.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
