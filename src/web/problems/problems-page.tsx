import { Anchor, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useList, withQuery } from '../api/queries.js';
import type { SetAside } from '../api/shapes.js';
import { CardList } from '../parts/card-list.js';
import { Facts } from '../parts/facts.js';
import { Page } from '../parts/page.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { RetryProblem } from './retry-problem.js';

/** What was set aside until a person looks at it. */
export default function ProblemsPage() {
  const { say } = useWords();
  const [params, setParams] = useSearchParams();
  const state = params.get('state') ?? 'open';
  const query = useList<SetAside>(withQuery('/api/v1/problems', { state }));
  return (
    <Page title={say('problems.title')}>
      <Group>
        <NativeSelect
          label={say('problems.state')}
          value={state}
          data={(['open', 'resolved', 'all'] as const).map((value) => ({ value, label: say(`problems.${value}`) }))}
          onChange={(event) => setParams({ state: event.currentTarget.value }, { replace: true })}
        />
      </Group>
      <CardList query={query} empty={say(state === 'open' ? 'problems.noneOpen' : 'problems.none')}>
        {(problem) => <ProblemCard key={problem.id} problem={problem} />}
      </CardList>
    </Page>
  );
}

const pagesOf: Readonly<Record<string, string>> = { registration: '/registrations', dispute: '/disputes' };

function Subject({ subject: { type, id } }: { readonly subject: SetAside['subject'] }) {
  const { say, sayOf } = useWords();
  const page = pagesOf[type];
  if (page === undefined) return `${sayOf('objectType', type)} ${id}`;
  return (
    <Anchor component={Link} to={`${page}/${id}`} inherit>
      {type === 'registration' ? say('problems.registration') : sayOf('objectType', type)}
    </Anchor>
  );
}

function ProblemCard({ problem }: { readonly problem: SetAside }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { subject } = problem;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="sm">
        <Title order={2}>{problem.title}</Title>
        <Text
          component="blockquote"
          m={0}
          pl="sm"
          size="sm"
          style={{ borderLeft: '2px solid var(--mantine-color-default-border)' }}
        >
          {problem.detail}
        </Text>
        <Facts
          facts={[
            [say('problems.about'), <Subject key="subject" subject={subject} />],
            [say('problems.kind'), sayOf('problemKind', problem.kind)],
            [say('problems.occurrences'), problem.occurrences],
            [say('problems.first'), format.moment(problem.createdAt)],
            [say('problems.last'), format.moment(problem.lastSeenAt)],
            [say('problems.resolvedAt'), problem.resolvedAt && format.moment(problem.resolvedAt)],
          ]}
        />
        {problem.resolvedAt === null && <RetryProblem id={problem.id} />}
      </Stack>
    </Paper>
  );
}
