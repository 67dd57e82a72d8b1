import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { RouterProvider } from 'react-router/dom';
import { call } from '../api/call.js';
import { ApiProblem, isNotSignedIn } from '../api/problem.js';
import { mePath } from '../api/query-client.js';
import type { Me } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { createRouter } from '../routes.js';
import { useWords } from '../words/use-words.js';
import { JoinPage } from './join-page.js';
import { SignInPage } from './sign-in-page.js';
import { VerifyPage, verifyPath } from './verify-page.js';
import { MeContext } from './who.js';

/** Fetched by whom they are for, and by nobody else. */
const SecondFactorPage = lazy(() => import('./second-factor-page.js'));
const ApplyPage = lazy(() => import('../joining/apply-page.js'));
const EnterPage = lazy(() => import('./enter-page.js'));
const NewPasswordPage = lazy(() => import('./new-password-page.js'));
const rarePages: Readonly<Record<string, ReactNode>> = {
  '/apply': <ApplyPage />,
  '/enter': <EnterPage />,
  '/new-password': <NewPasswordPage />,
};

/** Shows the pages of whoever is signed in, and a way to sign in to everybody else. */
export function Session() {
  const { say } = useWords();
  const [token, setToken] = useState(invitationToken);
  const me = useQuery({ queryKey: [mePath], queryFn: ({ signal }) => call<Me>(mePath, { signal }), staleTime: 60_000 });
  const enter = (): void => {
    window.history.replaceState(null, '', '/');
    setToken(null);
    void me.refetch();
  };
  if (window.location.pathname === verifyPath) return <VerifyPage />;
  const rarePage = rarePages[window.location.pathname];
  if (rarePage !== undefined) return <Suspense fallback={<></>}>{rarePage}</Suspense>;
  if (token !== null) return <JoinPage token={token} onJoined={enter} />;
  if (me.isPending) {
    return (
      <Center mih="60vh" role="status" aria-label={say('state.loading')}>
        <Loader />
      </Center>
    );
  }
  if (isNotSignedIn(me.error)) return <SignInPage onSignedIn={() => void me.refetch()} />;
  if (me.error instanceof ApiProblem && me.error.code === 'second-factor-missing') {
    return (
      <Suspense fallback={<></>}>
        <SecondFactorPage onDone={() => void me.refetch()} />
      </Suspense>
    );
  }
  if (me.data === undefined) {
    return (
      <Center component="main" mih="60vh" p="md">
        <Fault error={me.error} retry={() => void me.refetch()} />
      </Center>
    );
  }
  return <Pages me={me.data} />;
}

/** The token of the invitation whose link was opened; null for every other address. */
function invitationToken(): string | null {
  return /^\/join\/([\w-]+)$/.exec(window.location.pathname)?.[1] ?? null;
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
