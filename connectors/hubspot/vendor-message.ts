import { z } from 'zod';
import { parseJson } from './json.js';
import { ourPrefix } from './properties.js';

const text = z.string().optional().catch(undefined);
const names = z.record(z.string(), z.array(z.string())).optional().catch(undefined);

/** HubSpot's error envelope. Every field may be missing, and edge servers answer with no envelope at all. */
const envelope = z.object({
  message: text,
  category: text,
  status: text,
  correlationId: text,
  policyName: text,
  errorType: text,
  error_description: text,
  errors: z
    .array(z.object({ message: text, code: text, context: names }))
    .optional()
    .catch(undefined),
});

export type VendorBody = z.output<typeof envelope>;

/** One property HubSpot refused and why. */
export interface PropertyFault {
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly message: string;
}

const longestMessage = 600;

/** Reads what it can of an error body, whatever it is. */
export function readVendorBody(body: unknown): VendorBody {
  const parsed = envelope.safeParse(body);
  return parsed.success ? parsed.data : {};
}

/** The properties a refusal is about; empty when it is about something else. */
export function propertyFaults(body: VendorBody): readonly PropertyFault[] {
  const inside = faultsInMessage(body.message ?? '');
  if (inside.length > 0) return inside;
  return (body.errors ?? []).flatMap(({ message, code, context }) =>
    (context?.['propertyName'] ?? context?.['properties'] ?? []).map((name) => ({
      name,
      code,
      message: message ?? code ?? 'was refused',
    })),
  );
}

const innerFaults = z.array(
  z.object({ name: text, message: text, localizedErrorMessage: text, error: text }).transform((fault) => ({
    name: fault.name,
    code: fault.error,
    message: fault.localizedErrorMessage ?? fault.message ?? fault.error ?? 'was refused',
  })),
);

/** The message of a VALIDATION_ERROR may end in a JSON array with one object per refused property. */
function faultsInMessage(message: string): readonly PropertyFault[] {
  const start = message.indexOf('[{');
  const end = message.lastIndexOf('}]');
  if (start === -1 || end < start) return [];
  const parsed = innerFaults.safeParse(parseJson(message.slice(start, end + 2)));
  return parsed.success ? parsed.data : [];
}

/** HubSpot's own words for a person to read: one line, the property named, nothing secret. */
export function readableMessage(httpStatus: number, body: unknown): string {
  const read = readVendorBody(body);
  const faults = propertyFaults(read);
  const words = faults.length > 0 ? faults.map(faultInWords).join('; ') : plainWords(httpStatus, read, body);
  return redact([words, ...missingScopes(read), ...remedies(faults)].join('. ')).slice(0, longestMessage);
}

function faultInWords({ name, message }: PropertyFault): string {
  return name === undefined || message.includes(name) ? message : `${name}: ${message}`;
}

function plainWords(httpStatus: number, read: VendorBody, body: unknown): string {
  const said = read.message ?? read.error_description ?? read.errors?.[0]?.message;
  if (said !== undefined) return said;
  // Edge servers answer with HTML or plain text that helps nobody.
  return `HubSpot answered ${String(httpStatus)}${typeof body === 'string' ? ' with a page instead of JSON' : ' without a message'}`;
}

function missingScopes(read: VendorBody): readonly string[] {
  if (read.category !== 'MISSING_SCOPES') return [];
  const scopes = (read.errors ?? []).flatMap((error) => error.context?.['requiredGranularScopes'] ?? []);
  return scopes.length === 0 ? [] : [`Missing scopes: ${scopes.join(', ')}`];
}

function remedies(faults: readonly PropertyFault[]): readonly string[] {
  const lost = faults
    .filter(isMissingProperty)
    .flatMap(({ name }) => (name?.startsWith(ourPrefix) === true ? name : []));
  if (lost.length === 0) return [];
  return [`Run "introducer provision" to make ${lost.join(', ')} again, then retry`];
}

export function isMissingProperty(fault: PropertyFault): boolean {
  return fault.code === 'PROPERTY_DOESNT_EXIST' || /does ?n[o']t exist/i.test(fault.message);
}

/** HubSpot does not repeat tokens in its answers; should it ever, they must not reach a log or a problem. */
function redact(message: string): string {
  return message
    .replace(/\b(pat-[a-z0-9]+|[a-z]{2}\d)-[0-9a-f][0-9a-f-]{15,}/gi, '[token]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [token]')
    .replace(/\s+/g, ' ')
    .trim();
}
