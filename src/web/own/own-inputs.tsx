import {
  Checkbox,
  Fieldset,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  type CheckboxGroupProps,
} from '@mantine/core';
import type { ChangeEvent } from 'react';
import type { OwnField } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';
import type { TypedLead } from './lead-fields.js';
import { betweenChoices, faultOf, pathOf } from './own-fields.js';

interface OwnInputsProps {
  readonly fields: readonly OwnField[];
  readonly typed: TypedLead;
  /** By the paths of the API's body. */
  readonly faults: Readonly<Record<string, string | undefined>>;
  readonly onChange: (name: string, value: string) => void;
}

/** The vendor's own questions, where there are some. */
export function OwnInputs({ fields, ...filled }: OwnInputsProps) {
  const { say } = useWords();
  if (fields.length === 0) return null;
  return (
    <Fieldset legend={say('form.ownFields')}>
      <Stack gap="sm">
        {fields.map((field) => (
          <OwnInput key={field.name} field={field} {...filled} />
        ))}
      </Stack>
    </Fieldset>
  );
}

type OwnInputProps = Omit<OwnInputsProps, 'fields'> & { readonly field: OwnField };

function OwnInput(props: OwnInputProps) {
  const { field, typed, faults, onChange } = props;
  const { say } = useWords();
  const name = pathOf(field);
  const shared = {
    name,
    label: field.label,
    description: field.help ?? (field.type === 'country' ? say('hint.country') : undefined),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    required: field.required,
    error: faultOf(field, faults),
  };
  const { type } = field;
  if (type === 'money') return <MoneyInput {...props} />;
  if (type === 'choices') return <ChoicesInput {...props} shared={shared} />;
  const controlled = {
    ...shared,
    value: typed[name] ?? '',
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
      onChange(name, event.currentTarget.value),
  };
  if (type === 'choice') return <NativeSelect {...controlled} data={[{ value: '', label: '' }, ...field.choices]} />;
  if (type === 'long-text') return <Textarea {...controlled} autosize minRows={3} />;
  return <TextInput {...controlled} {...looks[type]} autoComplete="off" />;
}

type Shared = Pick<CheckboxGroupProps, 'label' | 'description' | 'inputWrapperOrder' | 'required' | 'error'>;

function ChoicesInput({ field, typed, onChange, shared }: OwnInputProps & { readonly shared: Shared }) {
  const name = pathOf(field);
  return (
    <Checkbox.Group
      {...shared}
      value={(typed[name] ?? '').split(betweenChoices).filter((chosen) => chosen !== '')}
      onChange={(chosen) => onChange(name, chosen.join(betweenChoices))}
    >
      <Stack gap={6} mt={4}>
        {field.choices.map((choice) => (
          <Checkbox key={choice.value} name={name} value={choice.value} label={choice.label} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

const looks = {
  text: { type: 'text' },
  country: { type: 'text' },
  number: { type: 'text', inputMode: 'decimal' },
  date: { type: 'date' },
  phone: { type: 'tel' },
} as const;

/** An amount beside its currency, under one question. */
function MoneyInput({ field, typed, faults, onChange }: OwnInputProps) {
  const { say } = useWords();
  const name = pathOf(field);
  const part = (key: 'amount' | 'currency', label: string, fault: string | undefined) => (
    <TextInput
      name={`${name}.${key}`}
      label={label}
      inputMode={key === 'amount' ? 'decimal' : undefined}
      autoComplete="off"
      required={field.required}
      value={typed[`${name}.${key}`] ?? ''}
      error={fault}
      onChange={(event) => onChange(`${name}.${key}`, event.currentTarget.value)}
    />
  );
  return (
    <Fieldset variant="unstyled" legend={field.label}>
      {field.help !== null && (
        <Text size="xs" c="dimmed">
          {field.help}
        </Text>
      )}
      <SimpleGrid cols={2}>
        {part('amount', say('form.amountOf'), faults[`${name}.amount`] ?? faults[name])}
        {part('currency', say('form.currencyOf'), faults[`${name}.currency`])}
      </SimpleGrid>
    </Fieldset>
  );
}
