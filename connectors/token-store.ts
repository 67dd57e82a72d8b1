/** What a sign-in at a CRM brought. */
export interface OAuthTokens {
  readonly accessToken: string;
  /** `null` where the way we sign in brings none. */
  readonly refreshToken: string | null;
  /** ISO 8601 UTC: from then on another is fetched before a call. `null`: the vendor says when, by refusing it. */
  readonly expiresAt: string | null;
  /** Where calls with this token go, when the vendor tells with each token; `null`: always to the same address. */
  readonly instanceUrl: string | null;
  /** Whose they are, when the vendor tells with each token; `null` or nothing: not known. */
  readonly accountId?: string | null | undefined;
}

/**
 * Where a connector keeps its tokens. `exclusively` lets one refresh run at a time, over all processes.
 * @throws CrmUnavailable from `exclusively`, when another process has been refreshing for too long to wait
 */
export interface TokenStore {
  load(): Promise<OAuthTokens | null>;
  save(tokens: OAuthTokens): Promise<void>;
  exclusively<T>(refresh: () => Promise<T>): Promise<T>;
}
