import type { IncomingMessage } from 'node:http';
import { ApiFault } from '../account/api-fault.js';

const largestBody = 10_000_000;

/** The whole body as text. @throws ApiFault 413 beyond ten megabytes. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > largestBody) throw new ApiFault(413, 'VALIDATION_ERROR', 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON or form fields, by content type; `undefined` for no body. @throws ApiFault 400 for what is neither. */
export function parseText(text: string, contentType: string | undefined): unknown {
  if (text === '') return undefined;
  if (contentType?.startsWith('application/x-www-form-urlencoded') === true) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON';
    throw new ApiFault(400, 'VALIDATION_ERROR', `Invalid input JSON: ${message}`);
  }
}
