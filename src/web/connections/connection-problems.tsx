import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { SetAside } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';

/** What of a connection waits for a person. */
export function ConnectionProblems({ id }: { readonly id: string }) {
  const { say } = useWords();
  const query = useList<SetAside>(withQuery('/api/v1/problems', { subjectType: 'connection', subjectId: id }));
  const problems = query.items ?? [];
  if (problems.length === 0) return null;
  return (
    <Alert color="red" variant="outline" title={say('connections.problems', { count: problems.length })}>
      <Stack gap="xs">
        {problems.map((problem) => (
          <Text key={problem.id} size="sm">
            {problem.title}: {problem.detail}
          </Text>
        ))}
        <Anchor component={Link} to="/problems" size="sm">
          {say('problems.title')}
        </Anchor>
      </Stack>
    </Alert>
  );
}
