import { Alert, Anchor, Button, Text } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { DoorPage } from './door-page.js';

const enterPath = '/enter';

/**
 * Where a mailed link to sign in leads. It holds once, and programs that look through mail open every link: only a person presses
 * the button.
 */
export default function EnterPage() {
  const { say } = useWords();
  const params = new URLSearchParams(window.location.search);
  const token = params.get('token');
  const way = new URLSearchParams({ token: token ?? '', callbackURL: '/', errorCallbackURL: enterPath });
  return (
    <DoorPage title={say('signIn.title')}>
      {token === null || params.has('error') ? (
        <>
          <Alert color="red" variant="outline" role="alert">
            {say('enter.tooOld')}
          </Alert>
          <Anchor href="/">{say('newPassword.signIn')}</Anchor>
        </>
      ) : (
        <>
          <Text size="sm">{say('enter.words')}</Text>
          <Button component="a" href={`/api/auth/magic-link/verify?${way.toString()}`}>
            {say('signIn.submit')}
          </Button>
        </>
      )}
    </DoorPage>
  );
}
