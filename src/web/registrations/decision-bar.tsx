import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Registration } from '../api/shapes.js';
import { useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecisionForm } from './decision-form.js';
import { possibleDecisions, type Decision } from './possible-decisions.js';

interface DecisionBarProps {
  readonly registration: Registration;
  /** Somebody else decided first; told in the service's words. */
  readonly onOvertaken: (words: string) => void;
}

/** What can be decided now. */
export function DecisionBar({ registration, onOvertaken }: DecisionBarProps) {
  const { say } = useWords();
  const [opened, setOpened] = useState<Decision | null>(null);
  const may = useMay('registrations:decide');
  const possible = may ? possibleDecisions(registration) : [];
  const close = () => setOpened(null);
  return (
    <>
      {possible.length > 0 && (
        <Group gap="xs">
          {possible.map((decision) => (
            <Button
              key={decision}
              size="sm"
              variant={decision === 'approve' ? 'filled' : 'default'}
              onClick={() => setOpened(decision)}
            >
              {say(`decide.${decision}`)}
            </Button>
          ))}
        </Group>
      )}
      <Modal
        opened={opened !== null}
        onClose={close}
        title={opened === null ? '' : say(`decide.${opened}.title`, { company: registration.company.name })}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        {opened !== null && (
          <DecisionForm
            decision={opened}
            registration={registration}
            onDone={close}
            onOvertaken={(words) => {
              close();
              onOvertaken(words);
            }}
          />
        )}
      </Modal>
    </>
  );
}
