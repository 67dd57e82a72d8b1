import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Empty, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';

export function NotFoundPage() {
  const { say } = useWords();
  return (
    <Page title={say('notFound.title')}>
      <Empty
        action={
          <Anchor component={Link} to="/">
            {say('notFound.home')}
          </Anchor>
        }
      >
        {say('notFound.words')}
      </Empty>
    </Page>
  );
}
