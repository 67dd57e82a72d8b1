import { z } from 'zod';
import type { CrmSignal, RawSignalRequest, SignalDelivery, SignalReceiver } from '../contract.js';
import { parseJson } from './json.js';
import { ourPrefix } from './properties.js';
import { verifySignature, type SignatureSettings } from './signature.js';

export type HubspotSignalReceiverOptions = SignatureSettings;

/**
 * Reads deliveries of HubSpot: signature first, over the untouched bytes, then the events. Only deals matter to us, and
 * contacts that were deleted for privacy; what an event says about a deal is not believed, it is read again.
 */
export function createHubspotSignalReceiver(options: HubspotSignalReceiverOptions): SignalReceiver {
  return {
    kind: 'hubspot',
    receive(request: RawSignalRequest, now: Date): SignalDelivery {
      const verdict = verifySignature(options, request, now);
      if (verdict.kind === 'refused') return verdict;
      const events = readEvents(request.rawBody);
      if (typeof events === 'string') return { kind: 'refused', reason: 'malformed', detail: events };
      return sortOut(events);
    },
  };
}

type DealSignal = Extract<CrmSignal, { objectType: 'deal' }>;
type ErasedContact = Extract<CrmSignal, { objectType: 'erased-contact' }>;

/** HubSpot sends up to 100 events; should it ever send more, refusing them would help nobody. */
const mostEvents = 1_000;

/** Ids are numbers beyond 2^31, of 20 digits at most; those too long for a number reach us as text (see `keepLongIntegers`). */
const id = z.union([z.number().int().nonnegative().transform(String), z.string().regex(/^\d{1,20}$/)]);
/** PostgreSQL stores no NUL, and one delivery must not cost us the others that are written with it. */
const text = z
  .string()
  .refine((value) => !value.includes('\0'))
  .optional()
  .catch(undefined);
const optionalId = id.optional().catch(undefined);

/** Lenient on purpose: fields we do not know are left alone, and a field we can do without may be of any form. */
const event = z.object({
  subscriptionType: text,
  /** What older documentation calls the same. */
  eventType: text,
  portalId: optionalId,
  appId: optionalId,
  objectId: optionalId,
  objectTypeId: text,
  propertyName: text,
  propertyValue: text,
  changeSource: text,
  sourceId: text,
  primaryObjectId: optionalId,
  mergedObjectIds: z.array(id).optional().catch(undefined),
  newObjectId: optionalId,
  /** A tie names its two ends instead of an object. */
  fromObjectId: optionalId,
  fromObjectTypeId: text,
});
const eventsShape = z.array(z.unknown()).max(mostEvents);

type Event = z.output<typeof event>;

/** One event that cannot be read is null: it must not cost us the others of its delivery. */
function readEvents(rawBody: Buffer): readonly (Event | null)[] | string {
  const json = parseKeepingLongIntegers(rawBody.toString('utf8'));
  if (json === undefined) return 'The body is not JSON.';
  const parsed = eventsShape.safeParse(json);
  if (parsed.success) {
    const events = parsed.data.map(readEvent);
    const isReadable = events.length === 0 || events.some((one) => one !== null);
    return isReadable ? events : 'The body is a list in which no event can be read.';
  }
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'not a list of events' };
  return `The body is not a list of events: ${[...path.map(String), message].join(': ')}`;
}

function readEvent(json: unknown): Event | null {
  const { data } = event.safeParse(json);
  return data === undefined || kindOf(data)[0] === '' ? null : data;
}

/** Whole numbers of 16 digits and more become texts, because as numbers they would end in other digits. */
function parseKeepingLongIntegers(text: string): unknown {
  const json = parseJson(text);
  if (json === undefined || !/\d{16}/.test(text)) return json;
  return parseJson(keepLongIntegers(text));
}

/** @param json valid: the pattern goes over it once, while quotes that nothing closes would make it begin again at each. */
function keepLongIntegers(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi, (token) =>
    /^\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}

function sortOut(events: readonly (Event | null)[]): SignalDelivery {
  const signals = new Map<string, DealSignal | ErasedContact>();
  let echoes = 0;
  let ignored = 0;
  for (const one of events) {
    const erased = one === null ? null : erasedContactOf(one);
    const dealIds = one === null ? [] : dealsNamedBy(one);
    if (erased !== null) signals.set(JSON.stringify(erased), erased);
    else if (one === null || dealIds.length === 0) ignored += 1;
    else if (isEcho(one)) echoes += 1;
    else for (const signal of dealIds.map((crmDealId) => signalOf(one, crmDealId))) signals.set(keyOf(signal), signal);
  }
  return { kind: 'accepted', signals: [...signals.values()], echoes, ignored };
}

const contactTypeId = '0-1';

/**
 * A contact that was deleted for good, as the law asks (BEHAVIOR.md, "A privacy deletion is told twice"). The deletion that is told
 * beside it says nothing of the sort: a contact in the recycling bin may come back.
 */
function erasedContactOf(one: Event): ErasedContact | null {
  const [object, change] = kindOf(one);
  const isContact = object === 'contact' || (object === 'object' && one.objectTypeId === contactTypeId);
  if (!isContact || change !== 'privacyDeletion' || one.objectId === undefined) return null;
  return { objectType: 'erased-contact', accountId: one.portalId ?? null, crmContactId: one.objectId };
}

const dealTypeId = '0-3';
const watched = new Set(['creation', 'deletion', 'restore', 'merge', 'propertyChange', 'associationChange']);

/**
 * Every deal an event speaks of: a merge speaks of the survivor and of those it ate, a tie of the deal it starts at. Empty for
 * what we do not watch.
 */
function dealsNamedBy(one: Event): readonly string[] {
  const [object, change] = kindOf(one);
  const isDeal =
    object === 'deal' || (object === 'object' && (one.objectTypeId ?? one.fromObjectTypeId) === dealTypeId);
  if (!isDeal || !watched.has(change)) return [];
  const ids = [one.objectId, one.fromObjectId, one.primaryObjectId, one.newObjectId, ...(one.mergedObjectIds ?? [])];
  return [...new Set(ids.filter((dealId) => dealId !== undefined))];
}

/**
 * Our own writing comes back as an event: on a property only we write, of a tie our app has made, or of a deal that it has made,
 * which is read once it is linked. Anything else may be another program that uses our app's token: we never change, delete or merge deals.
 */
function isEcho(one: Event): boolean {
  const { changeSource, sourceId, appId, propertyName } = one;
  if (propertyName?.startsWith(ourPrefix) === true) return true;
  const isOurs = changeSource === 'INTEGRATION' && sourceId !== undefined && sourceId === appId;
  return isOurs && ['creation', 'associationChange'].includes(kindOf(one)[1]);
}

/** What it happened to and what happened, such as `deal` and `propertyChange`. */
function kindOf({ subscriptionType, eventType }: Event): readonly [object: string, change: string] {
  const [object = '', change = ''] = (subscriptionType ?? eventType ?? '').split('.');
  return [object, change];
}

function signalOf(one: Event, crmDealId: string): DealSignal {
  const stageHint = one.propertyName === 'dealstage' ? (one.propertyValue ?? null) : null;
  return { objectType: 'deal', accountId: one.portalId ?? null, crmDealId, stageHint };
}

function keyOf({ accountId, crmDealId, stageHint }: DealSignal): string {
  return JSON.stringify([accountId, crmDealId, stageHint]);
}
