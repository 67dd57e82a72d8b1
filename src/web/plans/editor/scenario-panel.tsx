import { Alert, Button, Group, List, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import type { ScenarioTrial } from '../../api/shapes.js';
import { Fault } from '../../parts/fault.js';
import { useFormat } from '../../shell/who.js';
import { useWords } from '../../words/use-words.js';
import { firstScenario } from './beginning.js';
import { FaultList } from './fault-list.js';
import { LazyEditor } from './lazy-editor.js';
import { useDraft } from './use-draft.js';

interface ScenarioPanelProps {
  readonly slug: string;
  readonly plan: string;
}

const noFaults: ScenarioTrial['faults'] = [];

/** The plan, tried on deals that somebody invents, with what they expect. */
export function ScenarioPanel({ slug, plan }: ScenarioPanelProps) {
  const { say } = useWords();
  const scenario = useDraft(`scenario:${slug}`, { text: firstScenario, base: null });
  const [goTo, setGoTo] = useState<{ readonly line: number } | null>(null);
  const trial = useMutation({
    mutationFn: (body: { readonly plan: string; readonly scenario: string }) =>
      call<ScenarioTrial>('/api/v1/scenarios/try', { method: 'POST', body }),
  });
  const faults = trial.data?.faults ?? noFaults;
  const own = faults.filter(({ document }) => document === 'scenario');
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say('scenario.words')}
      </Text>
      <LazyEditor
        label={say('scenario.editor')}
        value={scenario.text}
        onChange={scenario.write}
        faults={own}
        schema={null}
        goTo={goTo}
      />
      <Group>
        <Button
          variant="default"
          loading={trial.isPending}
          onClick={() => trial.mutate({ plan, scenario: scenario.text })}
        >
          {say('scenario.run')}
        </Button>
      </Group>
      {trial.error !== null && <Fault error={trial.error} />}
      {trial.data !== undefined && faults.length > own.length && (
        <Alert color="red" variant="outline" role="status">
          {say('scenario.faultInPlan')}
        </Alert>
      )}
      {own.length > 0 && <FaultList faults={own} onGo={(line) => setGoTo({ line })} />}
      {trial.data !== undefined && trial.data.outcome !== 'refused' && <TrialResult trial={trial.data} />}
    </Stack>
  );
}

function TrialResult({ trial }: { readonly trial: ScenarioTrial }) {
  const { say } = useWords();
  return (
    <Stack gap="sm">
      {trial.outcome === 'as-expected' && (
        <Alert color="green" variant="outline" role="status">
          {say('scenario.asExpected')}
        </Alert>
      )}
      {trial.outcome === 'nothing-expected' && (
        <Text size="sm" role="status">
          {say('scenario.nothingExpected')}
        </Text>
      )}
      {trial.outcome === 'different' && (
        <Alert color="red" variant="outline" role="status" title={say('scenario.different')}>
          <List size="sm">
            {trial.differences.map((difference) => (
              <List.Item key={difference}>{difference}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {trial.lines.length > 0 && <Lines lines={trial.lines} />}
      <List size="sm">
        {trial.flags.map(({ deal, flag, sentence }) => (
          <List.Item key={`${deal} ${flag}`}>
            {deal}: {sentence}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

function Lines({ lines }: { readonly lines: ScenarioTrial['lines'] }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const caption = say('scenario.lines');
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="region" aria-label={caption}>
      <Table verticalSpacing={4} aria-label={caption}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say('planPreview.partner')}</Table.Th>
            <Table.Th scope="col">{say('field.deal')}</Table.Th>
            <Table.Th scope="col">{say('line.kind')}</Table.Th>
            <Table.Th scope="col">{say('line.component')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {say('field.amount')}
            </Table.Th>
            <Table.Th scope="col">{say('line.earnedOn')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.id}>
              <Table.Td>{line.partner}</Table.Td>
              <Table.Td>{line.deal ?? '–'}</Table.Td>
              <Table.Td>{sayOf('lineKind', line.kind)}</Table.Td>
              <Table.Td>{line.rule}</Table.Td>
              <Table.Td ta="right">{format.money(line.amount, line.currency)}</Table.Td>
              <Table.Td>{format.day(line.earnedOn)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
