import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { QuestionInputs } from './question-inputs.js';
import type { QuestionCardProps } from './question-props.js';

/** One question in the list, with what can be done about it. */
export function QuestionCard(props: QuestionCardProps) {
  const { draft, index, isLast, found, faults, isOpen, onOpen, onMove, onRemove } = props;
  const { say, sayOf } = useWords();
  const name = draft.label.trim() === '' ? say('formPage.newQuestion') : draft.label;
  const isWrong =
    Object.keys(found).some((key) => key.startsWith(`${draft.id} `)) ||
    Object.keys(faults).some((path) => path.startsWith(`formFields[${index}]`));
  const button = (label: string, act: () => void, more: { readonly disabled?: boolean } = {}) => (
    <Button size="xs" variant="default" aria-label={`${label}: ${name}`} onClick={act} {...more}>
      {label}
    </Button>
  );
  return (
    <Paper component="li" withBorder p="sm">
      <Stack gap="sm">
        <Group justify="space-between" align="start">
          <div style={{ flex: '1 1 14rem' }}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Text size="sm" c="dimmed">
              {sayOf('questionType', draft.type)}
              {draft.required ? `, ${say('formPage.requiredShort')}` : ''}
            </Text>
          </div>
          <Group gap={6}>
            <Button
              size="xs"
              variant="default"
              aria-expanded={isOpen || isWrong}
              aria-label={`${say(isOpen ? 'formPage.close' : 'formPage.edit')}: ${name}`}
              onClick={() => onOpen(!isOpen)}
            >
              {say(isOpen ? 'formPage.close' : 'formPage.edit')}
            </Button>
            {button(say('formPage.up'), () => onMove(-1), { disabled: index === 0 })}
            {button(say('formPage.down'), () => onMove(1), { disabled: isLast })}
            {button(say('mapping.remove'), onRemove)}
          </Group>
        </Group>
        <NeverRead {...props} />
        {(isOpen || isWrong) && <QuestionInputs {...props} />}
      </Stack>
    </Paper>
  );
}

/** A stored question that is not asked yet, and why. */
function NeverRead({ draft, read }: QuestionCardProps) {
  const { say } = useWords();
  const { connection, record, field } = draft.choicesFrom;
  const stored = read.find((one) => one.connection === connection && one.record === record && one.field === field);
  if (draft.source !== 'crm' || stored === undefined || stored.readAt !== null) return null;
  return (
    <Alert color="orange" variant="outline">
      {say('formPage.neverRead')}
    </Alert>
  );
}
