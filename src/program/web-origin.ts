/** Hosts whose pages never leave the machine, which therefore need no encryption. */
const ownMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether this is the origin of a site as browsers write it: scheme, host and port, without a path or a wildcard. */
export function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return (
    origin === text &&
    // Signs that would end an origin, or widen it, in the header that names them.
    !/[*,;']/.test(hostname) &&
    (protocol === 'https:' || (protocol === 'http:' && ownMachine.has(hostname)))
  );
}
