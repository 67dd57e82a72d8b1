import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { NavigationType, useLocation, useNavigationType, useSearchParams } from 'react-router';
import { useWords } from '../words/use-words.js';

const typingPauseMs = 350;

export type Filter =
  | { readonly kind: 'choice'; readonly name: string; readonly label: string; readonly options: readonly Option[] }
  | { readonly kind: 'text' | 'day'; readonly name: string; readonly label: string };

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What a list is narrowed by, as the address of the page says, so that it can be passed on and gone back to. */
export function useFilters(names: readonly string[]): Readonly<Record<string, string | null>> {
  const [params] = useSearchParams();
  return Object.fromEntries(names.map((name) => [name, params.get(name)]));
}

/** Fields that narrow the list below them. */
export function Filters({ filters }: { readonly filters: readonly Filter[] }) {
  const { say } = useWords();
  const [params, setParams] = useSearchParams();
  const [round, setRound] = useState(0);
  const place = usePlaceGoneTo();
  const isNarrowed = filters.some(({ name }) => params.has(name));
  const clear = () => {
    setParams({}, { replace: true });
    setRound((before) => before + 1);
  };
  return (
    <Group align="end" role="search" key={`${place} ${round}`}>
      {filters.map((filter) => (
        <Field key={filter.name} filter={filter} />
      ))}
      {isNarrowed && (
        <Button variant="subtle" onClick={clear}>
          {say('filter.clear')}
        </Button>
      )}
    </Group>
  );
}

/** Changes when the reader goes back or forth, so that the fields say what the address says; not while something is typed. */
function usePlaceGoneTo(): string {
  const { key } = useLocation();
  const isGone = useNavigationType() === NavigationType.Pop;
  const [place, setPlace] = useState(key);
  if (isGone && place !== key) setPlace(key);
  return place;
}

function Field({ filter }: { readonly filter: Filter }) {
  const { say } = useWords();
  const [params, setParams] = useSearchParams();
  const { name, label } = filter;
  const [typed, setTyped] = useState(params.get(name) ?? '');
  const choose = (value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const chooseSoon = useDebouncedCallback(choose, typingPauseMs);
  if (filter.kind === 'choice') {
    return (
      <NativeSelect
        label={label}
        value={params.get(name) ?? ''}
        data={[{ value: '', label: say('filter.all') }, ...filter.options]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      type={filter.kind === 'day' ? 'date' : 'search'}
      maxLength={60}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        chooseSoon(value.trim());
      }}
    />
  );
}
