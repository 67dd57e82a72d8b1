import { z } from 'zod';
import { ourPrefix } from './our-fields.js';

const text = z.string().optional().catch(undefined);
const names = z.array(z.string()).optional().catch(undefined);

const matchedRecord = z.object({ record: z.object({ Id: text }).optional().catch(undefined) });
const duplicates = z
  .object({
    allowSave: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
    duplicateRule: text,
    matchResults: z
      .array(z.object({ matchRecords: z.array(matchedRecord).optional().catch(undefined) }))
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

/** One entry of any of Salesforce's error lists: REST calls it `errorCode`, collections `statusCode`, OAuth `error`. */
const entry = z.object({
  message: text,
  errorCode: text,
  statusCode: text,
  error: text,
  error_description: text,
  fields: names,
  // Misspelt in what many organisations send (BEHAVIOR.md, "Duplicates are told in a misspelt field").
  duplicateResut: duplicates,
  duplicateResult: duplicates,
});

/** What Salesforce said was wrong, in whichever of its forms it said so. */
export interface VendorFault {
  readonly code: string | undefined;
  readonly message: string;
  readonly fields: readonly string[];
  /** Ids of the records that a duplicate rule found. */
  readonly duplicateIds: readonly string[];
  readonly duplicateRule: string | undefined;
}

const soapFault = /<faultcode>(?:\w+:)?(\w+)<\/faultcode>\s*<faultstring>([^<]*)<\/faultstring>/;

/** The faults in the body of an answer; empty when it is not Salesforce's own (a page of a proxy, nothing at all). */
export function readFaults(body: unknown): readonly VendorFault[] {
  if (typeof body === 'string') {
    const [, code, words = ''] = soapFault.exec(body) ?? [];
    return code === undefined ? [] : [{ ...noFault, code, message: words }];
  }
  return (Array.isArray(body) ? body : [body]).flatMap((one) => {
    const parsed = entry.safeParse(one);
    return parsed.success ? faultOf(parsed.data) : [];
  });
}

const noFault: VendorFault = { code: undefined, message: '', fields: [], duplicateIds: [], duplicateRule: undefined };

function faultOf(read: z.output<typeof entry>): VendorFault | readonly never[] {
  const code = read.errorCode ?? read.statusCode ?? read.error;
  const message = read.message ?? read.error_description ?? code;
  if (message === undefined) return [];
  const found = read.duplicateResult ?? read.duplicateResut;
  const matches = found?.matchResults?.flatMap((result) => result.matchRecords ?? []) ?? [];
  return {
    code,
    message,
    fields: read.fields ?? [],
    duplicateIds: [...new Set(matches.flatMap((match) => match.record?.Id ?? []))],
    duplicateRule: found?.duplicateRule,
  };
}

const longestMessage = 600;

/** Salesforce's own words for a person to read: one line, fields and records named, nothing secret. */
export function inWords(httpStatus: number, body: unknown): string {
  const faults = readFaults(body);
  if (faults.length > 0) return wordsOf(faults);
  const form = body === undefined || body === '' ? 'without a message' : 'with a page instead of JSON';
  return `Salesforce answered ${httpStatus} ${form}`;
}

/** These faults in one line. */
export function wordsOf(faults: readonly VendorFault[]): string {
  const all = [...new Set([...faults.map(faultInWords), ...faults.flatMap(remedy)])];
  return redact(all.join('. ')).slice(0, longestMessage);
}

function faultInWords({ code, message, fields, duplicateIds, duplicateRule }: VendorFault): string {
  const unnamed = fields.filter((field) => !message.includes(field));
  return [
    code === undefined || message.includes(code) ? message : `${code}: ${message}`,
    unnamed.length === 0 ? '' : ` [${unnamed.join(', ')}]`,
    duplicateRule === undefined ? '' : ` (duplicate rule ${duplicateRule})`,
    duplicateIds.length === 0 ? '' : ` Found: ${duplicateIds.join(', ')}`,
  ].join('');
}

/** One of our fields is missing, or our user may not see it: Salesforce says the same of both. */
export function isAboutMissingField({ code, message }: Pick<VendorFault, 'code' | 'message'>): boolean {
  return (
    code === 'INVALID_FIELD' ||
    code === 'INVALID_FIELD_FOR_INSERT_UPDATE' ||
    /no such column|external id field does not exist/i.test(message)
  );
}

function remedy(fault: VendorFault): readonly string[] {
  if (!isAboutMissingField(fault)) return [];
  const said = `${fault.message} ${fault.fields.join(' ')}`;
  if (!said.includes(ourPrefix)) return [];
  return [
    'The field is missing or hidden from our user: run "introducer provision", or assign the permission set "Introducer" to it',
  ];
}

/** Session ids, refresh tokens, JWTs: none of them belongs into a log or a problem. */
function redact(message: string): string {
  return message
    .replace(/\b00D[A-Za-z0-9]{12,15}![\w.]+/g, '[token]')
    .replace(/\b5Aep[\w.]+/g, '[token]')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
    .replace(/\b(Bearer|OAuth)\s+\S+/g, '$1 [token]')
    .replace(/\s+/g, ' ')
    .trim();
}
