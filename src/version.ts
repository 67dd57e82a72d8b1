import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifestShape = z.object({ version: z.string() });

/** The product's version, from the manifest beside the source or beside the compiled code. */
export const productVersion: string = manifestShape.parse(JSON.parse(readFileSync(findManifest(), 'utf8'))).version;

function findManifest(): URL {
  const compiled = import.meta.url.includes('/dist/');
  return new URL(compiled ? '../../package.json' : '../package.json', import.meta.url);
}
