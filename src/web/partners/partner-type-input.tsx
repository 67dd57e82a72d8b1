import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words/use-words.js';
import { typeMeant, typesInWords } from './partner-types.js';

interface PartnerTypeInputProps {
  /** As it is when the input appears; what is typed then is the input's own. */
  readonly type: string;
  readonly error: string | undefined;
  readonly onChange: (type: string) => void;
}

/** What kind of partner it is: in words, or in a word of the program's own. */
export function PartnerTypeInput({ type, error, onChange }: PartnerTypeInputProps) {
  const { say, sayOf } = useWords();
  const wordsOf = (name: string) => sayOf('partnerType', name);
  // Apart from the type: whoever begins a word of their own with one of the trade's would see it turn into words under their hands.
  const [typed, setTyped] = useState(() => wordsOf(type));
  const inWords = typesInWords(wordsOf);
  return (
    <Autocomplete
      label={say('field.type')}
      required
      data={[...inWords]}
      // One that is chosen already leaves the others to choose from.
      filter={({ options, search }) =>
        inWords.includes(search) ? options : options.filter((option) => 'label' in option && isIn(option.label, search))
      }
      value={typed}
      error={error}
      onChange={(text) => {
        setTyped(text);
        onChange(typeMeant(text, wordsOf));
      }}
    />
  );
}

function isIn(words: string, search: string): boolean {
  return words.toLowerCase().includes(search.trim().toLowerCase());
}
