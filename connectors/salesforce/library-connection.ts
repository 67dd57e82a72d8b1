import { Connection } from 'jsforce/lib/connection.js';
import { Transport } from 'jsforce/lib/transport.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import type { DailyCalls } from './daily-calls.js';
import { withTimeout, withoutHabits } from './send.js';
import type { Session } from './sessions.js';

interface ConnectionSettings {
  readonly apiVersion: string;
  readonly clientName: string;
  readonly timeoutMs: number;
  readonly dailyCalls: DailyCalls;
}

/**
 * A connection of jsforce with this session. It has no way to refresh: the library refreshes for ever on a session that stays bad
 * and resends to the old address (BEHAVIOR.md, "The client library refreshes without end").
 */
export function openConnection(session: Session, settings: ConnectionSettings): Connection {
  const connection = new Connection({
    instanceUrl: session.instanceUrl,
    accessToken: session.accessToken,
    version: settings.apiVersion,
    callOptions: { client: settings.clientName },
  });
  connection._transport = new CountingTransport(settings);
  return connection;
}

/** Counts the library's calls, takes away its second tries and redirects, and gives up in time. */
class CountingTransport extends Transport {
  readonly #settings: ConnectionSettings;

  constructor(settings: ConnectionSettings) {
    super();
    this.#settings = settings;
  }

  override httpRequest(
    ...[request, options]: Parameters<Transport['httpRequest']>
  ): ReturnType<Transport['httpRequest']> {
    const { dailyCalls, timeoutMs } = this.#settings;
    dailyCalls.take('call Salesforce');
    const sent = super.httpRequest(request, { ...options, ...withoutHabits(timeoutMs) });
    const answered = withTimeout(sent, timeoutMs).then(
      async (answer) => {
        await dailyCalls.ended(answer.headers);
        return answer;
      },
      async (error: unknown) => {
        await dailyCalls.ended(null);
        throw error;
      },
    );
    return StreamPromise.create(() => ({ stream: sent.stream(), promise: answered }));
  }
}
