import { Alert, Button, Group, List, Text } from '@mantine/core';
import { useWords } from '../../words/use-words.js';

interface DocumentFault {
  readonly field: string;
  readonly line: number | null;
  readonly message: string;
}

interface FaultListProps {
  readonly faults: readonly DocumentFault[];
  readonly onGo: (line: number) => void;
}

/** What is to be mended in a document, each with a way to its line. */
export function FaultList({ faults, onGo }: FaultListProps) {
  const { say } = useWords();
  return (
    <Alert color="red" variant="outline" role="status" title={say('planEdit.faults', { count: faults.length })}>
      <List listStyleType="none" spacing={4} size="sm">
        {faults.map(({ field, line, message }) => (
          <List.Item key={`${field} ${String(line)} ${message}`}>
            <Group gap="xs" wrap="nowrap" align="baseline">
              {line !== null && (
                <Button size="compact-xs" variant="default" miw="max-content" onClick={() => onGo(line)}>
                  {say('planEdit.line', { line })}
                </Button>
              )}
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {message.replace(/^line \d+: /, '')}
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
