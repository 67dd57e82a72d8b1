import { Text } from '@mantine/core';
import { useState } from 'react';
import type { ReadChoices } from '../api/shapes.js';
import { useCrmChoices } from '../mapping/crm-lists.js';
import { OwnInputs } from '../own/own-inputs.js';
import { useWords } from '../words/use-words.js';
import { isOfChoices, isSamePlace, previewOf, type Place, type QuestionDraft } from './form-draft.js';

interface FormPreviewProps {
  readonly drafts: readonly QuestionDraft[];
  readonly read: readonly ReadChoices[];
}

/** The questions as partners see them. What is filled in here goes nowhere. */
export function FormPreview({ drafts, read }: FormPreviewProps) {
  const { say } = useWords();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const sources = drafts.filter(
    (draft) => isOfChoices(draft) && draft.source === 'crm' && draft.choicesFrom.field !== '',
  );
  const told = useCrmChoices(sources.map(({ choicesFrom }) => choicesFrom));
  const offered = (place: Place) => {
    const choices = told(place);
    return choices.length > 0 ? choices : (read.find((one) => isSamePlace(one, place))?.choices ?? []);
  };
  const fields = previewOf(drafts, offered);
  if (fields.length === 0) return <Text c="dimmed">{say('formPage.nothingAsked')}</Text>;
  return (
    <OwnInputs
      fields={fields}
      typed={typed}
      faults={{}}
      onChange={(name, value) => setTyped((before) => ({ ...before, [name]: value }))}
    />
  );
}
