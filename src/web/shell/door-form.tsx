import { Alert, Button, Stack } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useErrorWords } from '../parts/fault.js';

interface DoorFormProps {
  /** What its button says. */
  readonly label: string;
  readonly submit: () => Promise<void>;
  readonly children: ReactNode;
}

/** A form in front of the application: it says what is wrong and keeps what was typed. */
export function DoorForm({ label, submit, children }: DoorFormProps) {
  const errorWords = useErrorWords();
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await submit();
    } catch (error) {
      setFault(errorWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={send}>
      <Stack>
        {fault !== null && (
          <Alert color="red" variant="outline" role="alert">
            {fault}
          </Alert>
        )}
        {children}
        <Button type="submit" loading={busy}>
          {label}
        </Button>
      </Stack>
    </form>
  );
}
