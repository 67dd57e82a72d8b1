import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { RouterProvider } from 'react-router/dom';
import { call } from '../api/call.js';
import { isNotSignedIn } from '../api/problem.js';
import { mePath } from '../api/query-client.js';
import type { Me } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { createRouter } from '../routes.js';
import { useWords } from '../words/use-words.js';
import { SignInPage } from './sign-in-page.js';
import { MeContext } from './who.js';

/** Shows the pages of whoever is signed in, and a way to sign in to everybody else. */
export function Session() {
  const { say } = useWords();
  const me = useQuery({ queryKey: [mePath], queryFn: ({ signal }) => call<Me>(mePath, { signal }), staleTime: 60_000 });
  if (me.isPending) {
    return (
      <Center mih="60vh" role="status" aria-label={say('state.loading')}>
        <Loader />
      </Center>
    );
  }
  if (isNotSignedIn(me.error)) return <SignInPage onSignedIn={() => void me.refetch()} />;
  if (me.data === undefined) {
    return (
      <Center component="main" mih="60vh" p="md">
        <Fault error={me.error} retry={() => void me.refetch()} />
      </Center>
    );
  }
  return <Pages me={me.data} />;
}

function Pages({ me }: { readonly me: Me }) {
  const { kind } = me;
  const router = useMemo(() => createRouter(kind), [kind]);
  return (
    <MeContext value={me}>
      <RouterProvider router={router} />
    </MeContext>
  );
}
