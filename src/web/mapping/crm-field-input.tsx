import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CrmField, CrmFields } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';
import { fieldWords, sortedFields, type CrmList } from './crm-lists.js';

interface CrmFieldInputProps {
  readonly label: string;
  readonly value: string;
  readonly list: CrmList<CrmFields>;
  /** Which of them can be chosen. */
  readonly fits: (field: CrmField) => boolean;
  /** A name that is in no list, such as a path to a field of another record. */
  readonly allowsOthers?: boolean;
  readonly error?: string | undefined;
  readonly onChange: (name: string) => void;
}

/** A field of the CRM, chosen from what the CRM says it has; typed by hand while it cannot be asked. */
export function CrmFieldInput({ label, value, list, fits, allowsOthers = false, error, onChange }: CrmFieldInputProps) {
  const { say } = useWords();
  const [search, setSearch] = useState('');
  if (list.data === undefined) {
    return (
      <TextInput
        label={label}
        description={list.error === null ? undefined : say('mapping.byName')}
        disabled={list.error === null}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
    );
  }
  const { fields } = list.data;
  const known = fields.find(({ name }) => name === value);
  const isGone = value !== '' && known === undefined;
  const options = sortedFields(fields.filter((field) => fits(field) || field.name === value)).map((field) => ({
    value: field.name,
    label: fieldWords(field),
  }));
  const typed = search.trim();
  const isOther = allowsOthers && otherName.test(typed) && options.every((option) => !isLike(option, typed));
  return (
    <Select
      label={label}
      searchable
      placeholder={say('mapping.choose')}
      nothingFoundMessage={say('mapping.nothingFound')}
      limit={200}
      data={[
        ...options,
        ...(isGone
          ? [{ value, label: say(allowsOthers ? 'mapping.notListed' : 'mapping.gone', { name: value }) }]
          : []),
        ...(isOther && typed !== value ? [{ value: typed, label: say('mapping.useTyped', { name: typed }) }] : []),
      ]}
      value={value === '' ? null : value}
      searchValue={search}
      onSearchChange={setSearch}
      description={isGone && !allowsOthers ? say('mapping.goneWords') : undefined}
      error={error}
      onChange={(name) => onChange(name ?? '')}
    />
  );
}

const otherName = /^[A-Za-z][A-Za-z0-9_.]{0,99}$/;

function isLike(option: { readonly value: string; readonly label: string }, typed: string): boolean {
  return option.value === typed || option.label === typed;
}
