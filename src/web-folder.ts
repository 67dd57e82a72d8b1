import { fileURLToPath } from 'node:url';

/** Where the built web application lies, for the compiled service as for one that runs from its sources. */
export const webFolder: string = fileURLToPath(new URL(pathFromHere(), import.meta.url));

function pathFromHere(): string {
  const compiled = import.meta.url.includes('/dist/');
  return compiled ? '../web' : '../dist/web';
}
