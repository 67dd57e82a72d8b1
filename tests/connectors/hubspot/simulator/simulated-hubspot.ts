import { Client } from '@hubspot/api-client';
import type { HubspotSimulator, SimulatorOptions } from '../../../../connectors/hubspot/simulator/start.js';
import { startHubspotSimulator } from '../../../../connectors/hubspot/simulator/start.js';

/** A simulated HubSpot, fresh for every test, with HubSpot's own client pointed at it. */
export interface SimulatedHubspot {
  readonly simulator: HubspotSimulator;
  readonly client: Client;
}

/** @param options of the simulator; limits are off unless they say otherwise, so that only tests of limits meet them. */
export function useSimulatedHubspot(options: SimulatorOptions = {}): SimulatedHubspot {
  let current: SimulatedHubspot | null = null;
  const started = (): SimulatedHubspot => {
    if (current === null) throw new Error('The simulator runs only inside a test.');
    return current;
  };
  beforeEach(async () => {
    const settings = { ...options.settings, limits: { enabled: false, ...options.settings?.limits } };
    const simulator = await startHubspotSimulator({ ...options, settings });
    current = { simulator, client: new Client({ accessToken: simulator.accessToken, basePath: simulator.url }) };
  });
  afterEach(async () => {
    await started().simulator.close();
    current = null;
  });
  return {
    get simulator() {
      return started().simulator;
    },
    get client() {
      return started().client;
    },
  };
}

/** What HubSpot's client throws; it has one class per module, so only the shape can be told. */
export interface ApiError {
  readonly code: number;
  readonly body: { readonly message: string; readonly category: string; readonly errors: readonly { code: string }[] };
  readonly headers: Readonly<Record<string, string>>;
}

/** The refusal a call ends in. Fails the test when it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<ApiError> {
  try {
    await call;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error) return error as ApiError;
    throw error;
  }
  throw new Error('The call was expected to be refused.');
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call without the client library, for what it cannot do or hides. */
export async function rawCall(
  simulator: HubspotSimulator,
  method: string,
  path: string,
  body?: unknown,
  token = simulator.accessToken,
): Promise<RawAnswer> {
  const response = await fetch(`${simulator.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}
