export type CrmKind = 'hubspot' | 'salesforce';

/** A hint that a deal or a lead may have changed; or, which is no hint, that a contact was deleted for privacy and is to be forgotten. */
export type CrmSignal =
  | {
      readonly objectType: 'deal';
      readonly accountId: string | null;
      readonly crmDealId: string;
      /** The stage the hint says the deal moved to; decides only whether history is worth asking for. */
      readonly stageHint: string | null;
    }
  | { readonly objectType: 'lead'; readonly accountId: string | null; readonly crmLeadId: string }
  | { readonly objectType: 'erased-contact'; readonly accountId: string | null; readonly crmContactId: string };

export interface RawSignalRequest {
  readonly method: string;
  /** Path and query exactly as received, e.g. `/webhooks/hubspot?x=1`. */
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** `echoes`: hints that only repeat our own writes, `ignored`: hints about things we do not watch. Both cost nothing. */
export type SignalDelivery =
  | {
      readonly kind: 'accepted';
      readonly signals: readonly CrmSignal[];
      readonly echoes: number;
      readonly ignored: number;
    }
  | {
      readonly kind: 'refused';
      /** `unknown-address`: the sender does not know the secret part of the address, and is not to learn that there is one. */
      readonly reason:
        'not-configured' | 'unsigned' | 'stale' | 'bad-signature' | 'malformed' | 'wrong-account' | 'unknown-address';
      readonly detail: string;
    };

/** What the sender must find in the body of our answer. */
export interface SignalAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** Verifies a delivery over its untouched bytes and parses it. Pure: no network, no clock but `now`. */
export interface SignalReceiver {
  readonly kind: CrmKind;
  receive(request: RawSignalRequest, now: Date): SignalDelivery;
  /** What the sender gets back once the delivery's signals are stored, or it was refused; nothing: the status says it all. */
  readonly answer?: (delivery: SignalDelivery) => SignalAnswer;
}
