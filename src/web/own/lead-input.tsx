import { TextInput } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import type { LeadField } from './lead-fields.js';

interface LeadInputProps {
  readonly field: LeadField;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/** One field of a lead, with what is wrong with it beside it. */
export function LeadInput({ field, value, error, onChange }: LeadInputProps) {
  const { say } = useWords();
  const { name, label, type, required = false, hint } = field;
  return (
    <TextInput
      name={name}
      label={say(label)}
      description={hint && say(hint)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      type={type === 'decimal' ? 'text' : type}
      inputMode={type === 'decimal' ? 'decimal' : undefined}
      autoComplete="off"
      required={required}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
