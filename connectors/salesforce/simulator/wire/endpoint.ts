import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something of its own under a path of the org, such as streaming. It answers there alone, whatever the org's faults. */
export interface MountedEndpoint {
  /** E.g. `/cometd/`. */
  readonly prefix: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;
  /**
   * Its controls, under `/_sim` and its prefix. What it returns is the answer's JSON.
   *
   * @param path what follows the prefix, with its slash. @throws ZodError for what it cannot read
   */
  readonly control?: (method: string, path: string, body: unknown) => unknown;
  readonly close?: () => void | Promise<void>;
}
