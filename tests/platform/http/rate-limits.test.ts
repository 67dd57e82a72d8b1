import { apiClient } from '../../support/api-client.js';
import { startTestApi, type TestApi } from '../../support/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ app: { rateLimits: { perOperator: 5, perPartner: 3, perAddress: 4, failedSignIns: 2 } } });
});
afterAll(async () => {
  await api.close();
});

async function statuses(client: ReturnType<typeof apiClient>, path: string, calls: number): Promise<number[]> {
  const seen: number[] = [];
  for (let call = 0; call < calls; call += 1) seen.push((await client.send('GET', path)).status);
  return seen;
}

describe('a caller that asks too much', () => {
  it('is told when to come back, each partner by itself', async () => {
    const partner = async (name: string): Promise<ReturnType<typeof apiClient>> => {
      const { id } = await api.operator.post<{ id: string }>('/api/v1/partners', {
        name,
        email: `${name}@example.com`,
      });
      return api.as((await api.operator.post<{ key: string }>(`/api/v1/partners/${id}/api-keys`)).key);
    };
    const [busy, calm] = [await partner('busy'), await partner('calm')];
    expect(await statuses(busy, '/api/v1/partners/me', 4)).toEqual([200, 200, 200, 429]);
    expect(await statuses(calm, '/api/v1/partners/me', 1)).toEqual([200]);
    const answer = await busy.send('GET', '/api/v1/partners/me');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.body).toMatchObject({ type: 'urn:introducer:problem:too-many-requests', status: 429 });
  });

  it('may go on when it only failed to sign in, once it shows a key', async () => {
    expect(await statuses(api.as('wrong-key-wrong-key'), '/api/v1/program', 4)).toEqual([401, 401, 429, 429]);
    expect(await statuses(api.operator, '/api/v1/program', 1)).toEqual([200]);
  });
});
