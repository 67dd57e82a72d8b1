import { Alert, Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct, useList } from '../api/queries.js';
import type { LinkMove, LinkProposal, Registration } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { Section } from '../parts/section.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { ProposalCard } from './proposal-card.js';
import { UnlinkForm } from './unlink-form.js';

/** Which deal of the CRM is the registration's: proposals, another one by its address, and which it had before. */
export function LinkSection({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const format = useFormat();
  const mayDecide = useMay('links:decide');
  const [opened, setOpened] = useState<'relink' | 'unlink' | null>(null);
  const { id, status, crm } = registration;
  const moves = useList<LinkMove>(`/api/v1/registrations/${encodeURIComponent(id)}/link-moves`);
  const proposals = useList<LinkProposal>(`/api/v1/link-proposals?registrationId=${encodeURIComponent(id)}`);
  const isMovable = mayDecide && crm?.linkedAt != null && ['approved', 'expired', 'won', 'lost'].includes(status);
  const close = () => setOpened(null);
  const dealId = registration.dealId ?? null;
  const isEmpty = !isMovable && moves.items?.length === 0 && proposals.items?.length === 0;
  if (isEmpty) return null;
  return (
    <Section
      title={say('links.section')}
      aside={
        isMovable && (
          <Group gap="xs">
            {dealId !== null && (
              <Button variant="subtle" color="red" onClick={() => setOpened('unlink')}>
                {say('links.unlink')}
              </Button>
            )}
            <Button variant="default" onClick={() => setOpened('relink')}>
              {say('links.give')}
            </Button>
          </Group>
        )
      }
    >
      {proposals.items?.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} />
      ))}
      {moves.items?.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('links.neverMoved')}
        </Text>
      )}
      <List size="sm">
        {moves.items?.map((move) => (
          <List.Item key={move.id}>
            {say(move.to === null ? 'links.unlinked' : 'links.moved', {
              at: format.moment(move.at),
              by: move.by,
              from: move.from?.crmDealId ?? '–',
              to: move.to?.crmDealId ?? '–',
            })}{' '}
            {move.reason}
          </List.Item>
        ))}
      </List>
      <Modal
        opened={opened !== null}
        onClose={close}
        title={say(opened === 'unlink' ? 'links.unlink' : 'links.give')}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        {opened === 'unlink' && dealId !== null ? (
          <UnlinkForm id={id} dealId={dealId} onDone={close} />
        ) : (
          <RelinkForm id={id} dealId={dealId} onDone={close} />
        )}
      </Modal>
    </Section>
  );
}

interface RelinkProps {
  readonly id: string;
  /** As it was seen when the form was opened. */
  readonly dealId: string | null;
  readonly onDone: () => void;
}

function RelinkForm({ id, dealId, onDone }: RelinkProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [insteadOf] = useState(dealId);
  const [typed, setTyped] = useState({ address: '', reason: '' });
  const act = useAct();
  const faults = act.error instanceof ApiProblem ? faultsByField(act.error) : {};
  const expected = (field: string) => faults[field] && say('field.expected', { expected: faults[field] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.mutate(
      { path: `/api/v1/registrations/${encodeURIComponent(id)}/link-moves`, body: { ...typed, insteadOf } },
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
        <TextInput
          label={say('links.address')}
          description={say('links.addressHint')}
          required
          data-autofocus
          maxLength={2000}
          value={typed.address}
          error={expected('address')}
          onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, address: value }))}
        />
        <TextInput
          label={say('field.reason')}
          required
          maxLength={2000}
          value={typed.reason}
          error={expected('reason')}
          onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, reason: value }))}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say('links.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
