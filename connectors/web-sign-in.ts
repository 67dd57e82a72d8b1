import type { OAuthTokens } from './token-store.js';

/** A person is on the way to the vendor's own page. */
export interface BegunSignIn {
  /** Where the browser goes. */
  readonly url: string;
  /** To be kept, secretly, until the code comes; `null` where the vendor wants none. */
  readonly codeVerifier: string | null;
}

/** What a sign-in brought, and whose it is. */
export interface CompletedSignIn {
  readonly tokens: OAuthTokens;
  /** The CRM's own id of the account. */
  readonly accountId: string;
}

/** How a person gives us access to an account, in the browser: the vendor asks, and sends back a code. */
export interface WebSignIn {
  /** @param request `redirectUri` is registered with the app, letter by letter; `state` comes back with the code */
  begin(request: { readonly redirectUri: string; readonly state: string }): BegunSignIn;
  /**
   * Trades the code for tokens; it works once.
   * @throws CrmUnauthorised when code, address or client are not accepted, else CrmRateLimited or CrmUnavailable
   */
  complete(answer: {
    readonly code: string;
    readonly codeVerifier: string | null;
    readonly redirectUri: string;
  }): Promise<CompletedSignIn>;
  /** Tells the vendor that the tokens are to work no longer. @throws the failures of a call */
  revoke(tokens: OAuthTokens): Promise<void>;
}
