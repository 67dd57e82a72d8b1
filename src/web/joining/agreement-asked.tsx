import { Alert, Anchor } from '@mantine/core';
import { Link, Navigate, useLocation } from 'react-router';
import { useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

const path = '/agreement';

/** Where somebody who signs in begins: with the agreement, while there is one to accept. */
export function FirstPage({ home }: { readonly home: string }) {
  const { agreementAsked } = useMe();
  return <Navigate to={agreementAsked ? path : home} replace />;
}

/** Says on every page that there is an agreement to accept. */
export function AgreementAsked() {
  const { say } = useWords();
  const { agreementAsked } = useMe();
  const { pathname } = useLocation();
  if (!agreementAsked || pathname === path) return null;
  return (
    <Alert color="orange" variant="outline" mb="lg" role="status">
      {say('agreement.asked')}{' '}
      <Anchor component={Link} to={path} inherit>
        {say('agreement.read')}
      </Anchor>
    </Alert>
  );
}
