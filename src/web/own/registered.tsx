import { Alert, Button, Group, Stack } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { Registration, Submitted } from '../api/shapes.js';
import { Receipt } from '../registrations/receipt.js';
import { useWords } from '../words/use-words.js';
import { useNextStep } from './next-step.js';

interface RegisteredProps {
  readonly submitted: Submitted;
  readonly onAnother: () => void;
}

/** The receipt, and what happens next by when. */
export function Registered({ submitted, onAnother }: RegisteredProps) {
  const { say, sayOf } = useWords();
  const nextStep = useNextStep();
  // The form was left at its end, and the news stands at the top.
  useEffect(() => window.scrollTo(0, 0), []);
  const query = useAnswer<Registration>(`/api/v1/registrations/${encodeURIComponent(submitted.id)}`);
  return (
    <Stack>
      <Alert color="teal" variant="outline" role="status" title={sayOf('registered', submitted.availability)}>
        {query.data !== undefined && nextStep(query.data)}
      </Alert>
      <Group>
        <Button component={Link} to={`/registrations/${submitted.id}`}>
          {say('registered.open')}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {say('registered.another')}
        </Button>
      </Group>
      <Receipt receipt={submitted.receipt} />
    </Stack>
  );
}
