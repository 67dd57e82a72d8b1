import jsforce from 'jsforce';
import { setDefaults } from 'jsforce/lib/request.js';
import type { SalesforceSimulator, SimulatorOptions } from '../../../../connectors/salesforce/simulator/start.js';
import { startSalesforceSimulator } from '../../../../connectors/salesforce/simulator/start.js';

export const apiVersion = '67.0';

/** A simulated Salesforce, fresh for every test, with the real client signed in to it. */
export interface SimulatedSalesforce {
  readonly simulator: SalesforceSimulator;
  readonly connection: jsforce.Connection;
}

/** A signed-in connection that refreshes nothing and repeats nothing by itself. */
export function connect(
  simulator: SalesforceSimulator,
  accessToken = simulator.tokens.accessToken,
): jsforce.Connection {
  return new jsforce.Connection({ instanceUrl: simulator.instanceUrl, accessToken, version: apiVersion });
}

export function useSimulatedSalesforce(options: SimulatorOptions = {}): SimulatedSalesforce {
  let current: SimulatedSalesforce | null = null;
  const started = (): SimulatedSalesforce => {
    if (current === null) throw new Error('The simulator runs only inside a test.');
    return current;
  };
  beforeAll(() => {
    // The client would repeat failed reads for fifteen seconds on end.
    setDefaults({ retry: { maxRetries: 0 } });
  });
  beforeEach(async () => {
    const simulator = await startSalesforceSimulator(options);
    current = { simulator, connection: connect(simulator) };
  });
  afterEach(async () => {
    await started().simulator.close();
    current = null;
  });
  return {
    get simulator() {
      return started().simulator;
    },
    get connection() {
      return started().connection;
    },
  };
}

/** What the client throws when Salesforce refuses. */
export interface Refusal {
  readonly errorCode: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The refusal a call ends in. Fails the test when it succeeds. */
export async function refusalOf(call: PromiseLike<unknown>): Promise<Refusal> {
  let outcome: unknown;
  try {
    outcome = await call;
  } catch (error) {
    return error as Refusal;
  }
  throw new Error(`The call was expected to be refused, not to end in ${JSON.stringify(outcome)}.`);
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** A call without the client library, for what it cannot do or hides. */
export async function rawCall(
  simulator: SalesforceSimulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const response = await fetch(`${simulator.instanceUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      Authorization: `Bearer ${simulator.tokens.accessToken}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

/** The same with a form, as the OAuth endpoints take it. */
export async function postForm(simulator: SalesforceSimulator, path: string, fields: Record<string, string>) {
  const answer = await fetch(`${simulator.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, string> };
}
