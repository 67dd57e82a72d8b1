import type { OrgChange } from '../org/change-feed.js';
import type { OutboundMessageRule, OutboundPatch, OutboundSettings } from './outbound-settings.js';
import { applyOutboundSettings, defaultOutboundSettings } from './outbound-settings.js';
import { soapNotifications } from './soap-notifications.js';

export interface OutboundSenderOptions {
  /** The org's id, 18 characters. */
  readonly organisation: string;
  readonly instanceUrl: () => string;
  readonly apiVersion: string;
  /** Hands out 18-character ids by their prefix: `04l` for notifications, `04k` for actions. */
  readonly newId: (keyPrefix: string) => string;
  /** A record's values as they are now: a message that is sent again carries the latest. */
  readonly valuesOf: (entity: string, id: string) => Readonly<Record<string, unknown>>;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly settings?: OutboundPatch;
}

/** One try at a message. */
export interface OutboundAttempt {
  readonly attempt: number;
  readonly recordIds: readonly string[];
  readonly body: string;
  /** `refused`: answered, but not with the acknowledgement. */
  readonly outcome: 'acknowledged' | 'refused' | 'unreachable';
}

export interface OutboundSender {
  readonly publish: (change: OrgChange) => void;
  readonly settings: OutboundSettings;
  /** @throws ZodError for anything it does not know. */
  configure(patch: OutboundPatch): void;
  /** The latest attempts, oldest first. */
  attempts(): readonly OutboundAttempt[];
  /** Messages that wait, are under way or will be tried again. */
  waiting(): number;
  close(): void;
}

interface Message {
  readonly rule: OutboundMessageRule;
  readonly actionId: string;
  readonly notifications: readonly { readonly id: string; readonly recordId: string }[];
  readonly attempt: number;
}

const attemptsKept = 1_000;

/** Sends Outbound Messages and sends them again until they are acknowledged, in no certain order. */
export function createOutboundSender(options: OutboundSenderOptions): OutboundSender {
  const { newId, random } = options;
  const settings = defaultOutboundSettings();
  applyOutboundSettings(settings, options.settings ?? {});
  const log: OutboundAttempt[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const actions = new Map<OutboundMessageRule, string>();
  const gathered = new Map<OutboundMessageRule, Set<string>>();
  const closing = new AbortController();
  let underWay = 0;

  const later = (delayMs: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delayMs);
    timers.add(timer);
  };
  const send = async (message: Message): Promise<void> => {
    const body = bodyOf(message, settings, options);
    const { attempt, notifications, rule } = message;
    const outcome = await post(rule.targetUrl, body, settings.timeoutMs, closing.signal);
    log.push({ attempt, recordIds: notifications.map(({ recordId }) => recordId), body, outcome });
    if (log.length > attemptsKept) log.shift();
    if (closing.signal.aborted) return;
    const isWanted = outcome !== 'acknowledged' || random() < settings.duplicateShare;
    if (!isWanted || attempt >= settings.mostAttempts) return;
    const waitMs = Math.min(settings.retryMaxMs, settings.retryBaseMs * 2 ** (attempt - 1));
    later(waitMs, () => start({ ...message, attempt: attempt + 1 }));
  };
  const start = (message: Message): void => {
    underWay += 1;
    void send(message).finally(() => (underWay -= 1));
  };
  const flush = (rule: OutboundMessageRule): void => {
    const ids = [...(gathered.get(rule) ?? [])];
    gathered.delete(rule);
    const actionId = actions.get(rule) ?? newId('04k');
    actions.set(rule, actionId);
    const messages: Message[] = [];
    for (let from = 0; from < ids.length; from += settings.notificationsPerMessage) {
      const some = ids.slice(from, from + settings.notificationsPerMessage);
      const notifications = some.map((recordId) => ({ id: newId('04l'), recordId }));
      messages.push({ rule, actionId, notifications, attempt: 1 });
    }
    for (const message of settings.shuffle ? messages.reverse() : messages) start(message);
  };
  return {
    publish({ entity, ids, changeType }) {
      // Rules run on saves; a deletion is no save.
      if (changeType === 'DELETE') return;
      for (const rule of settings.messages.filter((one) => one.entity === entity)) {
        if (!gathered.has(rule)) later(settings.gatherMs, () => flush(rule));
        gathered.set(rule, new Set([...(gathered.get(rule) ?? []), ...ids]));
      }
    },
    settings,
    configure: (patch) => applyOutboundSettings(settings, patch),
    attempts: () => [...log],
    waiting: () => timers.size + underWay,
    close() {
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function bodyOf(
  { rule, actionId, notifications }: Message,
  settings: OutboundSettings,
  org: OutboundSenderOptions,
): string {
  return soapNotifications({
    organisation: org.organisation,
    actionId,
    sessionId: settings.sendSessionId ? 'a session id that nobody may keep' : null,
    instanceUrl: org.instanceUrl(),
    apiVersion: org.apiVersion,
    notifications: notifications.map(({ id, recordId }) => {
      const values = org.valuesOf(rule.entity, recordId);
      const fields = Object.fromEntries(rule.fields.map((field) => [field, values[field] ?? null]));
      return { id, entity: rule.entity, recordId, fields };
    }),
  });
}

async function post(
  url: string,
  body: string,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<OutboundAttempt['outcome']> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), closing]),
    });
    const answer = await response.text();
    const isAcknowledged = /<(?:\w+:)?Ack\s*>\s*(?:true|1)\s*<\/(?:\w+:)?Ack\s*>/.test(answer);
    return response.status === 200 && isAcknowledged ? 'acknowledged' : 'refused';
  } catch {
    return 'unreachable';
  }
}
