import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { newIdempotencyKey } from '../api/call.js';
import type { Connection, Program, ReadChoices } from '../api/shapes.js';
import { SaveBar } from '../mapping/save-bar.js';
import { useSaveProgram } from '../mapping/use-save-program.js';
import { Section } from '../parts/section.js';
import { useWords } from '../words/use-words.js';
import {
  draftsOf,
  faultsOfDrafts,
  moved,
  newQuestion,
  questionsOf,
  withStored,
  type QuestionDraft,
} from './form-draft.js';
import { FormPreview } from './form-preview.js';
import { QuestionCard } from './question-card.js';

interface FormEditorProps {
  /** The settings that the draft begins from. */
  readonly from: Program;
  readonly connections: readonly Connection[];
  readonly read: readonly ReadChoices[];
  readonly onTakeTheirs: () => void;
}

/** The questions in their order, beside what a partner will see of them; saved as one. */
export function FormEditor({ from, connections, read, onTakeTheirs }: FormEditorProps) {
  const { say } = useWords();
  const firstConnection = connections[0]?.id ?? '';
  const [drafts, setDrafts] = useState(() => draftsOf(from.formFields, firstConnection));
  const [openId, setOpenId] = useState<string | null>(null);
  const [isTold, setTold] = useState(false);
  const saving = useSaveProgram(from);
  const found = isTold ? faultsOfDrafts(drafts) : {};
  const set = (next: readonly QuestionDraft[]) => {
    saving.touched();
    setDrafts(next);
  };
  const add = () => {
    const question = newQuestion(newIdempotencyKey(), firstConnection);
    set([...drafts, question]);
    setOpenId(question.id);
  };
  const formFields = () => ({ formFields: questionsOf(drafts) });
  /** What is saved keeps its names and values from now on. `drafts` are as they were sent, and may have been edited since. */
  const onSaved = ({ formFields: stored }: Program) => setDrafts((now) => withStored(now, drafts, stored));
  const guarded = (act: () => void) => () => {
    setTold(true);
    if (Object.keys(faultsOfDrafts(drafts)).length === 0) act();
  };
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" style={{ alignItems: 'start' }}>
      <Stack>
        <Text size="sm">{say('formPage.words')}</Text>
        {drafts.length === 0 && <Text c="dimmed">{say('formPage.none')}</Text>}
        <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {drafts.map((draft, index) => (
            <QuestionCard
              key={draft.id}
              {...{ draft, index, connections, found, read }}
              isLast={index === drafts.length - 1}
              faults={saving.faults}
              isOpen={openId === draft.id}
              onOpen={(open) => setOpenId(open ? draft.id : null)}
              onChange={(more) => set(drafts.map((one) => (one.id === draft.id ? { ...one, ...more } : one)))}
              onMove={(by) => set(moved(drafts, draft.id, by))}
              onRemove={() => set(drafts.filter(({ id }) => id !== draft.id))}
            />
          ))}
        </Stack>
        <Group>
          <Button variant="default" onClick={add} disabled={drafts.length >= mostQuestions}>
            {say('formPage.add')}
          </Button>
        </Group>
        <SaveBar
          saving={saving}
          faultCount={Object.keys(found).length + Object.keys(saving.faults).length}
          onSave={guarded(() => saving.save(formFields, onSaved))}
          onSaveOver={guarded(() => void saving.saveOver(formFields, onSaved))}
          onTakeTheirs={onTakeTheirs}
        />
      </Stack>
      <Section title={say('formPage.preview')}>
        <FormPreview drafts={drafts} read={read} />
      </Section>
    </SimpleGrid>
  );
}

const mostQuestions = 40;
