import { Button, Group, List, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { call } from '../api/call.js';
import { ApiProblem, faultsByField } from '../api/problem.js';
import type { DealEstimate } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { Section } from '../parts/section.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import type { LeadField, TypedLead } from './lead-fields.js';
import { LeadInput } from './lead-input.js';

const asked: readonly LeadField[] = [
  { name: 'amount', label: 'field.amount', type: 'decimal', required: true, hint: 'hint.amount' },
  { name: 'currency', label: 'field.currency', type: 'text', required: true, hint: 'hint.currency' },
  { name: 'product', label: 'field.product', type: 'text' },
  { name: 'country', label: 'field.country', type: 'text', hint: 'hint.country' },
];

interface CalculatorProps {
  readonly partnerId: string;
  /** What of a deal the plan looks at besides, by name. */
  readonly fields: readonly string[];
}

/** What a deal would earn, before there is one. */
export function Calculator({ partnerId, fields }: CalculatorProps) {
  const { say } = useWords();
  const { defaultCurrency } = useMe();
  const [typed, setTyped] = useState<TypedLead>({ currency: defaultCurrency ?? '' });
  const estimate = useMutation({
    mutationFn: () =>
      call<DealEstimate>(`/api/v1/partners/${encodeURIComponent(partnerId)}/estimate`, {
        method: 'POST',
        body: estimateBody(typed, fields),
      }),
  });
  const faults = estimate.error instanceof ApiProblem ? faultsByField(estimate.error) : {};
  const errorOf = (name: string) => {
    const expected = faults[name];
    return expected === undefined ? undefined : say('field.expected', { expected });
  };
  const type = (name: string, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    estimate.mutate();
  };
  return (
    <Section title={say('calculator.title')}>
      <Text size="sm">{say('calculator.words')}</Text>
      <form onSubmit={submit} noValidate>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm" maw={640}>
            {asked.map((field) => (
              <LeadInput
                key={field.name}
                field={field}
                value={typed[field.name] ?? ''}
                error={errorOf(field.name)}
                onChange={(value) => type(field.name, value)}
              />
            ))}
            {fields.map((name) => (
              <TextInput
                key={name}
                label={name}
                autoComplete="off"
                value={typed[`fields.${name}`] ?? ''}
                onChange={(event) => type(`fields.${name}`, event.currentTarget.value)}
              />
            ))}
          </SimpleGrid>
          <Group>
            <Button type="submit" loading={estimate.isPending}>
              {say('calculator.ask')}
            </Button>
          </Group>
        </Stack>
      </form>
      {estimate.error !== null && Object.keys(faults).length === 0 && <Fault error={estimate.error} />}
      <div role="status">{estimate.data !== undefined && <Answer estimate={estimate.data} />}</div>
    </Section>
  );
}

function estimateBody(typed: TypedLead, fields: readonly string[]) {
  const given = fields.flatMap((name): [string, string][] => {
    const value = typed[`fields.${name}`]?.trim() ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const textOf = (name: string) => typed[name]?.trim() ?? '';
  return {
    amount: textOf('amount'),
    currency: textOf('currency'),
    product: textOf('product') || null,
    country: textOf('country').toUpperCase() || null,
    fields: Object.fromEntries(given),
  };
}

function Answer({ estimate: { totals, lines, others, whyNot } }: { readonly estimate: DealEstimate }) {
  const { say } = useWords();
  const format = useFormat();
  const sum = (money: DealEstimate['totals']) =>
    money.map(({ amount, currency }) => format.money(amount, currency)).join(' + ');
  return (
    <Stack gap="xs">
      <Text fw={600}>
        {totals.length === 0 ? say('calculator.nothing') : say('calculator.total', { sum: sum(totals) })}
      </Text>
      {lines.map(({ component, sentences, payableOn, ...money }) => (
        <div key={component}>
          <Text size="sm" fw={500}>
            {component}: {format.money(money.amount, money.currency)},{' '}
            {say('calculator.payable', { day: format.day(payableOn) })}
          </Text>
          <List size="sm">
            {sentences.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </div>
      ))}
      {others.length > 0 && <Text size="sm">{say('calculator.others', { sum: sum(others) })}</Text>}
      {whyNot.map((sentence) => (
        <Text key={sentence} size="sm" c="dimmed">
          {sentence}
        </Text>
      ))}
    </Stack>
  );
}
