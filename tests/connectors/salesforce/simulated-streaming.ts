import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StreamAccess } from '../../../connectors/salesforce/bayeux-line.js';
import type { OrgChange } from '../../../connectors/salesforce/simulator/org/change-feed.js';
import type { Streaming } from '../../../connectors/salesforce/simulator/streaming/streaming.js';
import { createStreaming } from '../../../connectors/salesforce/simulator/streaming/streaming.js';
import type { StreamingPatch } from '../../../connectors/salesforce/simulator/streaming/streaming-settings.js';
import { createTestClock, type TestClock } from '../../support/test-clock.js';

/** The streaming endpoint of a simulated org, with a token check of its own and nothing else of the org. */
export interface SimulatedStreaming extends Streaming {
  readonly access: StreamAccess & { readonly accessToken: string };
  readonly clock: TestClock;
  /** Access tokens that are good now. */
  readonly tokens: Set<string>;
  /** Commits changes as one transaction. */
  commit(...changes: readonly Partial<OrgChange>[]): void;
  stop(): Promise<void>;
}

export const dealId = '0065f00000UloqVAAR';
export const goodToken = '00D5f000000simA!good';

/** Polls are held for a fraction of a second, so that a test sees several. */
export async function startSimulatedStreaming(settings: StreamingPatch = {}): Promise<SimulatedStreaming> {
  const clock = createTestClock('2026-11-27T09:00:00.000Z');
  const tokens = new Set([goodToken]);
  const streaming = createStreaming({
    now: () => clock.now().getTime(),
    admit: (token) => tokens.has(token),
    random: () => 0.5,
    settings: { pollMs: 200, ...settings },
  });
  const server = http.createServer((request, response) => {
    void streaming.handle(request, response, new URL(request.url ?? '/', 'http://localhost'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let commitNumber = 1_100_638_524_517;
  return {
    ...streaming,
    clock,
    tokens,
    access: { instanceUrl: `http://127.0.0.1:${port}`, accessToken: goodToken, version: '67.0' },
    commit(...changes) {
      const transaction = randomUUID();
      commitNumber += 1;
      for (const [index, change] of changes.entries()) {
        streaming.publish({
          entity: 'Opportunity',
          ids: [dealId],
          changeType: 'UPDATE',
          commitAt: clock.now().getTime(),
          commitNumber,
          transaction,
          sequence: index + 1,
          client: null,
          origin: 'ui',
          userId: '0055f000005mc66AAA',
          changedFields: Object.keys(change.values ?? {}),
          values: {},
          ...change,
        });
      }
    },
    async stop() {
      streaming.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
