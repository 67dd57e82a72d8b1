import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { WaysIn } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';

interface CompanyButtonProps {
  readonly label: string;
  /** Where who is let in goes on. */
  readonly callbackPath: string;
  /** … and who is not. It is stored as it is, so it must not be an address that holds a secret. */
  readonly refusedPath: string;
}

/** Only where the vendor has an identity provider. */
export function CompanyButton({ label, callbackPath, refusedPath }: CompanyButtonProps) {
  const path = '/api/v1/ways-in';
  const ways = useQuery({ queryKey: [path], queryFn: ({ signal }) => call<WaysIn>(path, { signal }) });
  if (ways.data?.identityProvider !== true) return null;
  const go = async () => {
    const body = { provider: 'company', callbackURL: callbackPath, errorCallbackURL: refusedPath };
    const { url } = await call<{ readonly url: string }>('/api/auth/sign-in/social', { method: 'POST', body });
    window.location.assign(url);
  };
  return (
    <Button variant="default" onClick={() => void go()}>
      {label}
    </Button>
  );
}

/** Why the identity provider did not let somebody in, on the page it sent them back to. */
export function CompanyRefusal() {
  const { say } = useWords();
  const code = new URLSearchParams(window.location.search).get('error');
  if (code === null) return null;
  return (
    <Alert color="red" variant="outline" role="alert">
      {code === 'account_not_linked' || code === 'signup_disabled'
        ? say(`signIn.refused.${code}`)
        : say('signIn.refused.other', { code: code.slice(0, longestCode) })}
    </Alert>
  );
}

/** Anybody may have written the address of the page. */
const longestCode = 40;
