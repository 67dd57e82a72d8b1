import type { ServerResponse } from 'node:http';
import type { WireReply } from './error-reply.js';

/** Sends an answer: objects as JSON, texts as they are. */
export function sendReply(response: ServerResponse, { status, body, headers = {}, contentType }: WireReply): void {
  if (response.destroyed) return;
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const type = contentType === undefined ? 'application/json;charset=utf-8' : contentType;
  response.writeHead(status, {
    ...headers,
    ...(type === null || text === '' ? {} : { 'Content-Type': type }),
    ...(text === '' ? {} : { 'Content-Length': Buffer.byteLength(text) }),
  });
  response.end(text);
}
