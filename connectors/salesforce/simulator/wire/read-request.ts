import type { IncomingMessage } from 'node:http';
import * as body from '../../../simulator/request-body.js';
import { OrgFault } from '../org/org-fault.js';

const largest = 50_000_000;
const tooLarge = () => new OrgFault(413, 'REQUEST_TOO_LARGE', 'The request body is too large.');
const notJson = (words: string) => new OrgFault(400, 'JSON_PARSER_ERROR', words);

/** The whole body as text. @throws OrgFault 413 beyond fifty megabytes. */
export function readText(request: IncomingMessage): Promise<string> {
  return body.readText(request, { largest, tooLarge });
}

/** JSON, form fields or XML as text, by content type; `undefined` for no body. @throws OrgFault 400 for broken JSON. */
export function parseText(text: string, contentType: string | undefined): unknown {
  const isXml = text !== '' && contentType?.startsWith('text/xml') === true;
  return isXml ? text : body.parseText(text, contentType, notJson);
}
