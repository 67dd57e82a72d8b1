import { Alert, List, Text } from '@mantine/core';
import type { Connection } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';

/** What the last examination found missing in the CRM. */
export function Findings({ findings, examinedAt }: Pick<Connection, 'findings' | 'examinedAt'>) {
  const { say, sayOf } = useWords();
  if (findings.length === 0) return examinedAt === null ? null : <Text size="sm">{say('connections.fine')}</Text>;
  return (
    <List listStyleType="none" spacing="xs">
      {findings.map((finding) => (
        <List.Item key={finding.found} styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
          <Alert
            color={finding.level === 'fault' ? 'red' : 'orange'}
            variant="outline"
            title={`${sayOf('findingLevel', finding.level)}: ${finding.found}`}
          >
            {finding.costs} {finding.remedy}
          </Alert>
        </List.Item>
      ))}
    </List>
  );
}
