import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useAct, useList } from '../api/queries.js';
import type { PlanProposal, PlanVersion } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { Section } from '../parts/section.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { VersionDiff } from './version-diff.js';

type Answer = 'approve' | 'reject';

/** What waits for a second person, where two have to agree. */
export function Proposals({ slug, current }: Pick<ProposalProps, 'slug' | 'current'>) {
  const { items = [] } = useList<PlanProposal>(`/api/v1/plans/${encodeURIComponent(slug)}/proposals?status=open`);
  return items.map((proposal) => <Proposal key={proposal.id} slug={slug} proposal={proposal} current={current} />);
}

interface ProposalProps {
  readonly slug: string;
  readonly proposal: PlanProposal;
  /** What it would follow. */
  readonly current: PlanVersion | undefined;
}

function Proposal({ slug, proposal, current }: ProposalProps) {
  const { say } = useWords();
  const format = useFormat();
  const mayApply = useMay('plans:apply');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { author, effectiveFrom, proposedAt, reason } = proposal;
  const close = () => setAnswer(null);
  return (
    <Section title={say('proposal.title')}>
      <Text size="sm">
        {say('proposal.by', { author, day: format.moment(proposedAt), from: format.day(effectiveFrom) })} {reason}
      </Text>
      {current !== undefined && (
        <>
          <Text size="sm" c="dimmed">
            {say('planDiff.title', { version: current.version })}
          </Text>
          <VersionDiff before={current} after={{ source: proposal.source, sentences: proposal.sentences }} />
        </>
      )}
      {mayApply && (
        <Group gap="xs">
          <Button onClick={() => setAnswer('approve')}>{say('proposal.approve')}</Button>
          <Button variant="default" onClick={() => setAnswer('reject')}>
            {say('proposal.reject')}
          </Button>
        </Group>
      )}
      <Modal
        opened={answer !== null}
        onClose={close}
        title={answer === null ? '' : say(`proposal.${answer}`)}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        {answer !== null && <AnswerForm slug={slug} id={proposal.id} answer={answer} onDone={close} />}
      </Modal>
    </Section>
  );
}

interface AnswerProps {
  readonly slug: string;
  readonly id: string;
  readonly answer: Answer;
  readonly onDone: () => void;
}

function AnswerForm({ slug, id, answer, onDone }: AnswerProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const act = useAct<PlanProposal>();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const path = `/api/v1/plans/${encodeURIComponent(slug)}/proposals/${encodeURIComponent(id)}/${answer}`;
    act.mutate({ path, body: reason.trim() === '' ? {} : { reason } }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        <TextInput
          label={say('field.reason')}
          required={answer === 'reject'}
          data-autofocus
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button type="submit" loading={act.isPending}>
            {say(`proposal.${answer}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
