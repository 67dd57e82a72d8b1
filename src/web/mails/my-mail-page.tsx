import { Button, Checkbox, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useAct, useAnswer } from '../api/queries.js';
import type { MailChoice } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { Empty, Loaded, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';

const path = '/api/v1/me/mail';

/** Where each person says which mail they want. */
export default function MyMailPage() {
  const { say } = useWords();
  const query = useAnswer<MailChoice>(path);
  return (
    <Page title={say('myMail.title')}>
      <Loaded query={query}>{(choice) => <Choice choice={choice} />}</Loaded>
    </Page>
  );
}

function Choice({ choice }: { readonly choice: MailChoice }) {
  const { say } = useWords();
  if (choice.email === null) return <Empty>{say('myMail.noPerson')}</Empty>;
  return (
    <Stack maw={640}>
      <Text>{say('myMail.to', { email: choice.email })}</Text>
      {choice.kinds.length === 0 ? <Empty>{say('myMail.none')}</Empty> : <Kinds kinds={choice.kinds} />}
      <Title order={2} size="h4">
        {say('myMail.always')}
      </Title>
      <Text size="sm">{say('myMail.alwaysWords')}</Text>
      <List size="sm">
        {choice.always.map((kind) => (
          <List.Item key={kind}>{say(`necessaryMail.${kind}`)}</List.Item>
        ))}
      </List>
    </Stack>
  );
}

function Kinds({ kinds }: { readonly kinds: MailChoice['kinds'] }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const act = useAct<MailChoice>();
  const [wanted, setWanted] = useState<ReadonlySet<string>>(
    new Set(kinds.filter(({ on }) => on).map(({ kind }) => kind)),
  );
  const off = kinds.map(({ kind }) => kind).filter((kind) => !wanted.has(kind));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ path, method: 'PUT', body: { off } });
      }}
    >
      <Stack>
        <Checkbox.Group
          label={say('myMail.which')}
          value={[...wanted]}
          onChange={(chosen) => {
            act.reset();
            setWanted(new Set(chosen));
          }}
        >
          <Stack mt="xs">
            {kinds.map(({ kind }) => (
              <Checkbox
                key={kind}
                value={kind}
                label={say(`mailKind.${kind}`)}
                description={say(`mailKind.${kind}.words`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group>
          <Button type="submit" loading={act.isPending}>
            {say('myMail.save')}
          </Button>
          {act.isSuccess && (
            <Text size="sm" role="status">
              {say('myMail.saved')}
            </Text>
          )}
          {act.error !== null && (
            <Text size="sm" c="red" role="alert">
              {errorWords(act.error)}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}
