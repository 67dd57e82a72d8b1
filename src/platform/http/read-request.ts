import { raw, type Request, type RequestHandler, type Response } from 'express';
import type { Json } from '../json.js';
import { fieldName } from './field-faults.js';
import { MalformedRequest, unsupportedMediaType } from './request-errors.js';
import { isDocumentBody, type DocumentText, type Route } from './route.js';
import { stringFault, textFault } from './text-faults.js';

/** Largest body of an API call, after decompression. */
const maxBodyBytes = 256 * 1024;

export const jsonType = 'application/json';
export const yamlType = 'application/yaml';
export const csvType = 'text/csv';
/** Names of YAML from before it was registered (RFC 9512). */
const olderYamlTypes = ['text/yaml', 'application/x-yaml', 'text/x-yaml'];

const readBytes: RequestHandler = raw({ limit: maxBodyBytes, type: () => true });

/** The body of an API call as its route wants it: parsed JSON, a document's text, or undefined when there is none. */
export async function readBody(
  route: Route,
  request: Request,
  response: Response,
): Promise<Json | DocumentText | undefined> {
  if (route.body === undefined) return undefined;
  const bytes = await collectBody(request, response);
  if (bytes.length === 0) return undefined;
  const accepted = isDocumentBody(route.body) ? [jsonType, yamlType, ...olderYamlTypes] : [jsonType];
  const type = mediaTypeOf(request, accepted);
  const text = textOf(bytes);
  refuse('The body', stringFault(text));
  if (type !== jsonType) return { format: 'yaml', text };
  const value = parseJson(text);
  return isDocumentBody(route.body) ? { format: 'json', text } : value;
}

/** The query as a text per name. @throws MalformedRequest for what cannot be decoded and for a name that came twice */
export function readQuery(url: string): Readonly<Record<string, string>> {
  const start = url.indexOf('?');
  if (start < 0) return {};
  const encoded = url.slice(start + 1);
  decodedText(encoded, 'The query');
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(encoded)) {
    refuse('The query', name === '__proto__' ? 'it has a field named __proto__' : stringFault(name));
    refuseField(fieldName([name]), stringFault(value));
    if (fields.has(name)) throw new MalformedRequest(`The query gives ${name.slice(0, 80)} more than once.`);
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** @throws MalformedRequest when the path has broken percent-encoding or forbidden characters */
export function checkPath(path: string): void {
  refuse('The path', stringFault(decodedText(path, 'The path')));
}

function refuse(what: string, fault: string | null): void {
  if (fault !== null) throw new MalformedRequest(`${what} cannot be read: ${fault}.`);
}

function refuseField(field: string, fault: string | null): void {
  if (fault === null) return;
  const message = `${field} cannot be read: ${fault}.`;
  throw new MalformedRequest(message, [{ field, expected: 'text of characters that can be stored', message }]);
}

/** Strictly, as Node would pass broken percent-encoding on as it is. */
function decodedText(encoded: string, what: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new MalformedRequest(`${what} has percent-encoding that stands for no UTF-8 text.`);
  }
}

/** Express's reader of bytes, which also undoes compression and refuses what is too large, as a promise. */
async function collectBody(request: Request, response: Response): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    void readBytes(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new MalformedRequest('The body cannot be read.'));
    });
  });
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function mediaTypeOf(request: Request, accepted: readonly string[]): string {
  const header = request.headers['content-type'];
  const [type = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (!accepted.includes(type.trim()) || !isUtf8) throw unsupportedMediaType(header, accepted);
  return type.trim();
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MalformedRequest('The body is not UTF-8 text.');
  }
}

function parseJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new MalformedRequest(`The body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`);
  }
  const fault = textFault(value);
  if (fault?.path.length === 0) refuse('The body', fault.words);
  else if (fault !== null) refuseField(fieldName(fault.path), fault.words);
  return value;
}
