import { Alert, Button, Group, List, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Registration } from '../api/shapes.js';
import { rejectionCodes } from '../registrations/rejection-codes.js';
import { useWords } from '../words/use-words.js';
import { useBulk, type BulkAct, type Failed } from './use-bulk.js';

interface BulkBarProps {
  readonly chosen: readonly Registration[];
  /** Called with those that are still to be answered. */
  readonly onLeft: (ids: readonly string[]) => void;
}

const acts = ['approve', 'return', 'reject', 'assign'] as const;

/** Answers many registrations with one word, each by itself: what is refused stays chosen, with the reason. */
export function BulkBar({ chosen, onLeft }: BulkBarProps) {
  const { say } = useWords();
  const [opened, setOpened] = useState<BulkAct | null>(null);
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const count = chosen.length;
  return (
    <Stack gap="xs">
      {count > 0 && (
        <Group gap="xs" role="toolbar" aria-label={say('bulk.title', { count })}>
          <Text size="sm" role="status">
            {say('bulk.title', { count })}
          </Text>
          {acts.map((act) => (
            <Button key={act} size="xs" variant="default" onClick={() => setOpened(act)}>
              {say(`bulk.${act}`)}
            </Button>
          ))}
        </Group>
      )}
      {failed.length > 0 && <Failures failed={failed} onClose={() => setFailed([])} />}
      <Modal
        opened={opened !== null}
        onClose={() => setOpened(null)}
        title={opened === null ? '' : say(`bulk.${opened}.title`, { count })}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        {opened !== null && (
          <BulkForm
            act={opened}
            chosen={chosen}
            onDone={(left) => {
              setOpened(null);
              setFailed(left);
              onLeft(left.map(({ registration: { id } }) => id));
            }}
          />
        )}
      </Modal>
    </Stack>
  );
}

function Failures({ failed, onClose }: { readonly failed: readonly Failed[]; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <Alert
      color="orange"
      variant="outline"
      role="alert"
      title={say('bulk.failed', { count: failed.length })}
      withCloseButton
      closeButtonLabel={say('action.close')}
      onClose={onClose}
    >
      <List size="sm">
        {failed.map(({ registration: { id, company }, words }) => (
          <List.Item key={id}>
            {company.name}: {words}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

interface BulkFormProps {
  readonly act: BulkAct;
  readonly chosen: readonly Registration[];
  readonly onDone: (left: readonly Failed[]) => void;
}

function BulkForm({ act, chosen, onDone }: BulkFormProps) {
  const { say, sayOf } = useWords();
  const [reason, setReason] = useState('');
  const [code, setCode] = useState<string>('other');
  const [lacking, setLacking] = useState(false);
  const bulk = useBulk();
  const needsReason = act === 'reject' || act === 'return';
  const run = () => {
    setLacking(needsReason && reason.trim() === '');
    if (needsReason && reason.trim() === '') return;
    void bulk.run(act, chosen, { reason, code }).then(onDone);
  };
  return (
    <Stack>
      {act === 'reject' && (
        <NativeSelect
          label={say('decide.code')}
          value={code}
          data={rejectionCodes.map((value) => ({ value, label: sayOf('code', value) }))}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      {act !== 'assign' && (
        <Textarea
          label={say(act === 'return' ? 'decide.question' : 'decide.reason')}
          description={say('decide.partnerReads')}
          autosize
          minRows={3}
          maxLength={1000}
          required={needsReason}
          data-autofocus
          value={reason}
          error={lacking && say('bulk.reasonNeeded')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {bulk.done !== null && say('bulk.progress', { done: bulk.done, count: chosen.length })}
        </Text>
        <Button onClick={run} loading={bulk.done !== null}>
          {say(`bulk.${act}`)}
        </Button>
      </Group>
    </Stack>
  );
}
