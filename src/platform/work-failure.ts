/** What a failed run means for its items. The platform knows no vendor, so whoever puts the service together decides. */
export type WorkFailure =
  | {
      readonly retry: 'later';
      /** How long the other side asked us to wait; otherwise the back-off says. */
      readonly afterMs?: number | undefined;
      /**
       * True when the item itself may be at fault: after `maxAttempts` of these it is set aside, and the items it was run with
       * are run without it. False when nobody is (rate limit, outage): it is tried for as long as it takes.
       */
      readonly countsAsAttempt: boolean;
      readonly title: string;
      readonly detail: string;
    }
  | { readonly retry: 'never'; readonly title: string; readonly detail: string };

export type ClassifyFailure = (error: unknown) => WorkFailure;
