import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useErrorWords } from '../parts/fault.js';
import { useWords } from '../words/use-words.js';
import type { SaveProgram } from './use-save-program.js';

interface SaveBarProps {
  readonly saving: SaveProgram;
  /** Faults that were found before anything was sent. */
  readonly faultCount: number;
  readonly onSave: () => void;
  readonly onSaveOver: () => void;
  readonly onTakeTheirs: () => void;
}

/** Saves a page of settings, and says what came of it. */
export function SaveBar({ saving, faultCount, onSave, onSaveOver, onTakeTheirs }: SaveBarProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  return (
    <Stack gap="sm">
      {faultCount > 0 && (
        <Alert color="red" variant="outline" role="alert">
          {say('fault.fields', { count: faultCount })}
        </Alert>
      )}
      {faultCount === 0 && saving.error !== null && (
        <Alert color="red" variant="outline" role="alert" title={say('fault.title')}>
          {errorWords(saving.error)}
        </Alert>
      )}
      {saving.isConflict && (
        <Alert color="orange" variant="outline" role="alert" title={say('program.changedMeanwhile')}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{say('program.changedWords')}</Text>
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={onTakeTheirs}>
                {say('program.takeTheirs')}
              </Button>
              <Button size="xs" variant="default" onClick={onSaveOver}>
                {say('program.saveOver')}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
      <Group>
        <Button loading={saving.isPending} onClick={onSave}>
          {say('program.save')}
        </Button>
        <Text size="sm" role="status">
          {saving.isSaved ? say('program.saved') : ''}
        </Text>
      </Group>
    </Stack>
  );
}
