import { NativeSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import type { CrmStages } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';
import type { CrmList } from './crm-lists.js';
import type { MappingPart } from './mapping-part.js';

type Pipelines = CrmStages['pipelines'];

/** The pipeline and the stage that new deals begin in. */
export function NewDeals({ stages, ...part }: MappingPart & { readonly stages: CrmList<CrmStages> }) {
  const { say, sayOf } = useWords();
  const { connection, draft, faults, onChange } = part;
  const at = `newDealStages.${connection.crm}`;
  const fault = (name: string) => {
    const expected = faults[`${at}.${name}`];
    return expected && say('field.expected', { expected });
  };
  const pipelines = stages.data?.pipelines;
  if (pipelines === undefined) return <ByName {...part} fault={fault} isMissing={stages.error !== null} />;
  const pipeline = pipelines.find(({ id }) => id === draft.pipelineId);
  const offered = pipeline?.stages ?? [];
  const isStageGone = draft.stageId !== '' && offered.every(({ id }) => id !== draft.stageId);
  const isOpen = offered.find(({ id }) => id === draft.stageId)?.outcome ?? 'open';
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        label={say(connection.crm === 'salesforce' ? 'mapping.recordType' : 'mapping.pipeline')}
        data={[
          { value: '', label: say('mapping.firstPipeline') },
          ...pipelines.map(({ id, label }) => ({ value: id, label: label ?? say('mapping.onlyPipeline') })),
          ...gone(
            draft.pipelineId !== '' && pipeline === undefined,
            draft.pipelineId,
            say('mapping.gone', { name: draft.pipelineId }),
          ),
        ]}
        value={draft.pipelineId}
        error={fault('pipelineId')}
        onChange={(event) => onChange(beginIn(pipelines, event.currentTarget.value))}
      />
      <Select
        label={say('mapping.stage')}
        searchable
        allowDeselect={false}
        disabled={draft.pipelineId === ''}
        placeholder={say(draft.pipelineId === '' ? 'mapping.firstStage' : 'mapping.choose')}
        data={[
          ...offered.map(({ id, label, outcome }) => ({
            value: id,
            label: outcome === 'open' ? label : `${label} (${sayOf('outcome', outcome)})`,
          })),
          ...gone(isStageGone, draft.stageId, say('mapping.gone', { name: draft.stageId })),
        ]}
        value={draft.stageId === '' ? null : draft.stageId}
        description={isOpen === 'open' ? undefined : say('mapping.closedStage')}
        error={fault('stageId') ?? (isStageGone ? say('mapping.stageGone') : undefined)}
        onChange={(stageId) => onChange({ stageId: stageId ?? '' })}
      />
    </SimpleGrid>
  );
}

function gone(is: boolean, value: string, label: string) {
  return is ? [{ value, label }] : [];
}

/** Another pipeline has other stages: its first open one, until another is chosen. */
function beginIn(pipelines: Pipelines, pipelineId: string) {
  const stages = pipelines.find(({ id }) => id === pipelineId)?.stages ?? [];
  const first = stages.find(({ outcome }) => outcome === 'open') ?? stages[0];
  return { pipelineId, stageId: first?.id ?? '' };
}

interface ByNameProps extends MappingPart {
  readonly fault: (name: string) => string | undefined;
  readonly isMissing: boolean;
}

/** While the CRM cannot be asked, its ids are typed. */
function ByName({ draft, onChange, fault, isMissing }: ByNameProps) {
  const { say } = useWords();
  const typed = (label: string, name: 'pipelineId' | 'stageId') => (
    <TextInput
      label={label}
      description={isMissing ? say('mapping.byId') : undefined}
      disabled={!isMissing}
      value={draft[name]}
      error={fault(name)}
      onChange={(event) => onChange({ [name]: event.currentTarget.value.trim() })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {typed(say('mapping.pipeline'), 'pipelineId')}
      {typed(say('mapping.stage'), 'stageId')}
    </SimpleGrid>
  );
}
