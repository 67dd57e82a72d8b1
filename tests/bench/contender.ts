/** What is measured: takes webhooks, credits wins. */
export interface Contender {
  readonly webhookUrl: string;
  /** Whether every deal it was told of has been dealt with. Writing back to the CRM does not count. */
  isIdle(): Promise<boolean>;
  /** Commissions committed so far. */
  countLines(): Promise<number>;
}
