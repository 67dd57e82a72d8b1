import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Connection, Program } from '../api/shapes.js';
import { Section } from '../parts/section.js';
import { useWords } from '../words/use-words.js';
import { CannotAsk, ReadAgain } from './cannot-ask.js';
import { useCrmFields, useCrmStages } from './crm-lists.js';
import { changeOf, draftOf, faultsOfDraft, type MappingDraft } from './mapping-draft.js';
import { NewDeals } from './new-deals.js';
import { NewRecords } from './new-records.js';
import { PlanFields } from './plan-fields.js';
import { SaveBar } from './save-bar.js';
import { StagesOfCrm } from './stages-of-crm.js';
import { useSaveProgram } from './use-save-program.js';

interface MappingFormProps {
  readonly connection: Connection;
  /** The settings that the draft begins from. */
  readonly from: Program;
  readonly onTakeTheirs: () => void;
}

/** Everything about one connection that rev ops maps, saved as one. */
export function MappingForm({ connection, from, onTakeTheirs }: MappingFormProps) {
  const { say } = useWords();
  const [draft, setDraft] = useState(() => draftOf(from, connection));
  const [isTold, setTold] = useState(false);
  const saving = useSaveProgram(from);
  const stages = useCrmStages(connection.id);
  const fields = useCrmFields(connection.id, 'deal');
  const rowFaults = isTold ? faultsOfDraft(draft) : {};
  const change = (part: Partial<MappingDraft>) => {
    saving.touched();
    setDraft((before) => ({ ...before, ...part }));
  };
  const guarded = (act: () => void) => () => {
    setTold(true);
    if (Object.keys(faultsOfDraft(draft)).length === 0) act();
  };
  const changeOfDraft = (base: Program) => changeOf(base, connection, draft);
  const shared = { connection, draft, rowFaults, faults: saving.faults, onChange: change };
  return (
    <Stack maw={980}>
      <CannotAsk list={stages.error === null ? fields : stages} />
      <ReadAgain lists={[stages, fields]} />
      <Section title={say('mapping.begin')}>
        <Text size="sm">{say('mapping.beginWords')}</Text>
        <NewDeals {...shared} stages={stages} />
      </Section>
      <Section title={say('mapping.planFields')}>
        <Text size="sm">{say('mapping.planFieldsWords')}</Text>
        <PlanFields {...shared} fields={fields} />
      </Section>
      <NewRecords {...shared} />
      <SaveBar
        saving={saving}
        faultCount={Object.keys(rowFaults).length + Object.keys(saving.faults).length}
        onSave={guarded(() => saving.save(changeOfDraft))}
        onSaveOver={guarded(() => void saving.saveOver(changeOfDraft))}
        onTakeTheirs={onTakeTheirs}
      />
      {stages.data !== undefined && <StagesOfCrm pipelines={stages.data.pipelines} />}
    </Stack>
  );
}
