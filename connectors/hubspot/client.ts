import { Client } from '@hubspot/api-client';

/** Hands out the vendor's client for an access token. */
export type ClientFor = (accessToken: string) => Client;

/**
 * Keeps one client of `@hubspot/api-client`, made anew when the token changes. We send with its `apiRequest`: its typed methods
 * know only the paths that end in 2027, and throw for a success in another form than expected. Its limiter and retries stay off,
 * because all clients of the process share those of the last one made (BEHAVIOR.md).
 */
export function createClients(apiUrl: string): ClientFor {
  let current: { readonly accessToken: string; readonly client: Client } | null = null;
  return (accessToken) => {
    if (current?.accessToken !== accessToken) {
      current = { accessToken, client: new Client({ accessToken, basePath: apiUrl }) };
    }
    return current.client;
  };
}
