import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import { newIdempotencyKey } from '../../api/call.js';
import { useAct, withQuery } from '../../api/queries.js';
import type { PlanProposal, PlanVersion } from '../../api/shapes.js';
import { useErrorWords } from '../../parts/fault.js';
import { useWords } from '../../words/use-words.js';
import { effectiveFromOf, withEffectiveFrom } from './effective-from.js';
import type { KeptDraft } from './use-draft.js';

interface ApplyProps {
  readonly slug: string;
  readonly draft: KeptDraft;
  /** The latest version as this page shows it; null of a new plan. */
  readonly latest: string | null;
  readonly isReady: boolean;
}

/** Stores the plan as its next version, from a day on and with a reason. */
export function ApplyButton({ slug, draft, latest, isReady }: ApplyProps) {
  const { say } = useWords();
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button disabled={!isReady} onClick={() => setOpened(true)}>
        {say('planEdit.apply')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={say('planEdit.applyTitle', { plan: slug })}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        <ApplyForm slug={slug} draft={draft} latest={latest} onDone={close} />
      </Modal>
    </>
  );
}

function ApplyForm({ slug, draft, latest, onDone }: Omit<ApplyProps, 'isReady'> & { readonly onDone: () => void }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  // As it was when the dialog was opened, which then hides what is newer.
  const [seen] = useState(latest);
  // The same act, however often it is sent after a lost answer; another text is another act.
  const [key, setKey] = useState({ of: '', key: '' });
  const act = useAct<PlanVersion | PlanProposal>();
  const day = effectiveFromOf(draft.text) ?? '';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const after = seen ?? 'none';
    const of = `${after}\n${reason}\n${draft.text}`;
    const same = key.of === of ? key : { of, key: newIdempotencyKey() };
    setKey(same);
    const path = withQuery(`/api/v1/plans/${encodeURIComponent(slug)}`, { reason: reason.trim(), after });
    act.mutate(
      { path, method: 'PUT', document: draft.text, idempotencyKey: same.key },
      {
        onSuccess: () => {
          draft.drop();
          void navigate(`/plans/${slug}`);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {act.error !== null && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        {day !== '' && (
          <TextInput
            type="date"
            label={say('planEdit.day')}
            description={say('planEdit.dayHint')}
            value={day}
            onChange={({ currentTarget: { value } }) =>
              value !== '' && draft.write(withEffectiveFrom(draft.text, value))
            }
          />
        )}
        <Textarea
          label={say('planEdit.reason')}
          description={say('planEdit.reasonHint')}
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
        />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {say('planEdit.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
