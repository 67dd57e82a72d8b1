import { Anchor, Group, List, Text } from '@mantine/core';
import { Link } from 'react-router';
import { ApiProblem } from '../api/problem.js';
import { useAnswer, useList, withQuery } from '../api/queries.js';
import type { CommissionLine, Why } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Loaded } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** What a registration earned, and which gate holds up what it did not. */
export function WhySection({ registrationId }: { readonly registrationId: string }) {
  const { say } = useWords();
  const why = useAnswer<Why>(`/api/v1/registrations/${encodeURIComponent(registrationId)}/why`);
  const lines = useList<CommissionLine>(withQuery('/api/v1/commissions', { registrationId }));
  const nothingYet = why.error instanceof ApiProblem && why.error.status === 404;
  return (
    <Section title={say('why.title')}>
      <Earned lines={lines.items ?? []} />
      {nothingYet ? (
        <Text size="sm">{say('why.nothingYet')}</Text>
      ) : (
        <Loaded query={why}>{(answer) => <Gates why={answer} />}</Loaded>
      )}
    </Section>
  );
}

function Earned({ lines }: { readonly lines: readonly CommissionLine[] }) {
  const { sayOf } = useWords();
  const format = useFormat();
  return lines.map((line) => (
    <Group key={line.id} justify="space-between">
      <Anchor component={Link} to={`/commissions/${line.id}`} size="sm">
        {sayOf('lineKind', line.kind)} {format.money(line.amount, line.currency)}
      </Anchor>
      <Status group="lineStatus" value={line.status} />
    </Group>
  ));
}

function Gates({ why }: { readonly why: Why }) {
  const { say } = useWords();
  const format = useFormat();
  // Several gates may be shut for one reason.
  const gates = [...new Map(why.gates.map((gate) => [gate.sentence, gate])).values()];
  return (
    <>
      <Text size="sm" fw={500}>
        {say(why.credited ? 'why.credited' : 'why.notCredited')}
      </Text>
      <List size="sm" spacing={4} listStyleType="none">
        {gates.map((gate) => (
          <List.Item key={gate.sentence}>
            <Text span inherit fw={600} c={gate.passed ? 'var(--mantine-color-dimmed)' : 'var(--mantine-color-error)'}>
              {say(gate.passed ? 'why.passed' : 'why.blocked')}
            </Text>{' '}
            {gate.sentence}
            {gate.opensOn !== null && ` ${say('why.opensOn', { day: format.day(gate.opensOn) })}`}
          </List.Item>
        ))}
        {why.flags.map(({ flag, sentence }) => (
          <List.Item key={flag}>{sentence}</List.Item>
        ))}
      </List>
    </>
  );
}
