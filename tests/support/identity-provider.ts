import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

const client = { id: 'introducer', secret: 'not-very-secret-but-long-enough' };

/** What the provider says of somebody who signs in with this name. */
export type Claims = Readonly<
  Record<string, { readonly email: string; readonly email_verified?: boolean; readonly name: string }>
>;

export interface IdentityProvider {
  /** What makes a service one of its clients. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the service says the browser is sent back to. */
  allow(redirectUri: string): void;
  close(): Promise<void>;
}

/** A real provider, at which whoever is named in the login form is signed in. */
export async function startIdentityProvider(known: Claims): Promise<IdentityProvider> {
  const held: { handle: ReturnType<Provider['callback']> | null } = { handle: null };
  const server: Server = createServer((request, response) => {
    void held.handle?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${String(port)}`;
  return {
    environment: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
    allow: (redirectUri) => {
      const provider = new Provider(issuer, {
        clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
        claims: { email: ['email', 'email_verified'], profile: ['name'] },
        conformIdTokenClaims: false,
        findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...known[id] }) }),
      });
      held.handle = provider.callback();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
