import type { IncomingMessage } from 'node:http';

/** The whole body as text. @throws what `tooLarge` makes, beyond so many bytes */
export async function readText(
  request: IncomingMessage,
  { largest, tooLarge }: { readonly largest: number; readonly tooLarge: () => Error },
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > largest) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON or form fields, by content type; `undefined` for no body. @throws what `notJson` makes of the parser's words */
export function parseText(text: string, contentType: string | undefined, notJson: (words: string) => Error): unknown {
  if (text === '') return undefined;
  if (contentType?.startsWith('application/x-www-form-urlencoded') === true) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw notJson(error instanceof Error ? error.message : 'not JSON');
  }
}
