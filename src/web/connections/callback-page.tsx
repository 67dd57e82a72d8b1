import { Alert, Anchor, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAct } from '../api/queries.js';
import type { CompletedSignIn } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';

/** Where the CRM sends a person back to who was asked for access. */
export default function CallbackPage() {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const navigate = useNavigate();
  const act = useAct<CompletedSignIn>();
  const [answer] = useState(() => answerOf(new URLSearchParams(window.location.search)));
  const isSent = useRef(false);
  useEffect(() => {
    // It works once, however often this is shown; and nobody is to find it in the address afterwards.
    if (isSent.current) return;
    isSent.current = true;
    window.history.replaceState(window.history.state, '', window.location.pathname);
    act.mutate(
      { path: '/api/v1/connections/callback', body: answer },
      {
        onSuccess: ({ accountId, refusal }) =>
          void navigate('/connections', { replace: true, state: { connected: accountId, refusal } }),
      },
    );
  }, [act, answer, navigate]);
  return (
    <Page
      title={say(act.error === null ? 'connections.title' : 'connections.failed')}
      back={{ to: '/connections', label: say('connections.title') }}
    >
      {act.error === null ? (
        <Text role="status">{say('connections.coming')}</Text>
      ) : (
        <Alert color="red" variant="outline" role="alert" maw={640}>
          <Text size="sm" mb="sm">
            {errorWords(act.error)}
          </Text>
          <Anchor component={Link} to="/connections" size="sm">
            {say('connections.back')}
          </Anchor>
        </Alert>
      )}
    </Page>
  );
}

const longestDescription = 1000;

/** What the service takes of the vendor's answer; what is missing is its own to say. */
function answerOf(query: URLSearchParams): Readonly<Record<string, string>> {
  const given = {
    state: query.get('state') ?? '-',
    code: query.get('code'),
    error: query.get('error'),
    errorDescription: query.get('error_description')?.slice(0, longestDescription),
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
