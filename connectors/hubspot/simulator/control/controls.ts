import type { Account } from '../account/account.js';
import type { AppCredentials, TokenStore } from '../oauth/token-store.js';
import type { CardProxy } from '../webhooks/card-proxy.js';
import type { WebhookSender } from '../webhooks/webhook-sender.js';
import type { CallLog } from '../../../simulator/call-log.js';
import type { FaultRules } from '../wire/fault-rules.js';
import type { Person } from './person.js';

/** Everything of the simulator that can be looked at, switched or acted upon. */
export interface Controls {
  readonly account: Account;
  readonly person: Person;
  readonly tokens: TokenStore;
  readonly credentials: AppCredentials;
  readonly faults: FaultRules;
  readonly calls: CallLog;
  readonly webhooks: WebhookSender;
  readonly card: CardProxy;
}
