import { Badge, type MantineColor } from '@mantine/core';
import { useWords } from '../words/use-words.js';

/** A tint says at a glance what the word says exactly. */
const tints: Readonly<Record<string, MantineColor>> = {
  submitted: 'blue',
  in_review: 'blue',
  returned: 'orange',
  waiting: 'orange',
  approved: 'teal',
  won: 'green',
  payable: 'teal',
  paid: 'green',
  rejected: 'red',
  lost: 'red',
  on_hold: 'orange',
  inactive: 'gray',
  active: 'teal',
  invited: 'blue',
  open: 'blue',
  accepted: 'teal',
  answered: 'orange',
  upheld: 'teal',
  declined: 'red',
};

interface StatusProps {
  /** What has the status: `status` of a registration, `lineStatus` of a commission line. */
  readonly group:
    'status' | 'lineStatus' | 'partnerStatus' | 'personStatus' | 'availability' | 'applicationStatus' | 'disputeStatus';
  readonly value: string;
}

export function Status({ group, value }: StatusProps) {
  const { sayOf } = useWords();
  return (
    <Badge variant="dot" color={tints[value] ?? 'gray'} tt="none" fw={500} radius="sm" miw="max-content">
      {sayOf(group, value)}
    </Badge>
  );
}
