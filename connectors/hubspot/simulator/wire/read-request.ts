import type { IncomingMessage } from 'node:http';
import * as body from '../../../simulator/request-body.js';
import { ApiFault } from '../account/api-fault.js';

const largest = 10_000_000;
const tooLarge = () => new ApiFault(413, 'VALIDATION_ERROR', 'The request is too large.');
const notJson = (words: string) => new ApiFault(400, 'VALIDATION_ERROR', `Invalid input JSON: ${words}`);

/** The whole body as text. @throws ApiFault 413 beyond ten megabytes. */
export function readText(request: IncomingMessage): Promise<string> {
  return body.readText(request, { largest, tooLarge });
}

/** JSON or form fields, by content type; `undefined` for no body. @throws ApiFault 400 for what is neither. */
export function parseText(text: string, contentType: string | undefined): unknown {
  return body.parseText(text, contentType, notJson);
}
