import type { ServerResponse } from 'node:http';
import type { WireReply } from './reply.js';
import { wireJson } from './wire-number.js';

function textOf(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : wireJson(body);
}

function headersOf({ headers, contentType }: WireReply, text: string): Record<string, string | number> {
  const type = contentType ?? 'application/json;charset=UTF-8';
  return {
    ...headers,
    ...(text === '' ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }),
  };
}

/** Sends an answer: objects as JSON, texts as they are. */
export function sendReply(response: ServerResponse, reply: WireReply): void {
  if (response.destroyed) return;
  const text = textOf(reply.body);
  response.writeHead(reply.status, headersOf(reply, text));
  response.end(text);
}

/** Sends the first half of an answer and cuts the connection. */
export function sendHalf(response: ServerResponse, reply: WireReply): void {
  const text = textOf(reply.body);
  response.writeHead(reply.status, headersOf(reply, text));
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
