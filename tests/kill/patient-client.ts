import { setTimeout as pause } from 'node:timers/promises';
import { apiClient, type ApiAnswer } from '../support/api-client.js';

/** A caller that asks again until the service answers, with the same Idempotency-Key: what a careful program does. */
export interface PatientClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
}

const patienceMs = 90_000;
const pauseMs = 100;

let calls = 0;

export function patientClient(url: string, key: string): PatientClient {
  const api = apiClient(url, key);
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    calls += 1;
    const headers: Readonly<Record<string, string>> = method === 'GET' ? {} : { 'idempotency-key': `call-${calls}` };
    const giveUpAt = Date.now() + patienceMs;
    for (;;) {
      const answer = await attempt<T>(() => api.send<T>(method, path, body, headers));
      if (answer !== null && answer.status < 300) return answer.body;
      const isOver = answer !== null && answer.status < 500;
      if (isOver || Date.now() > giveUpAt) {
        throw new Error(`${method} ${path} answered ${answer?.status ?? 'nothing'}: ${JSON.stringify(answer?.body)}`);
      }
      await pause(pauseMs);
    }
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
  };
}

/** Null when nobody answered: the process is just being killed or started. */
async function attempt<T>(call: () => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T> | null> {
  try {
    return await call();
  } catch {
    return null;
  }
}
