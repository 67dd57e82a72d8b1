import { startTestApi, type TestApi } from '../support/test-api.js';

interface Issued {
  readonly id: string;
  readonly key: string;
  readonly rights: readonly string[] | null;
}

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const issue = (rights?: readonly string[]) => api.operator.post<Issued>('/api/v1/api-keys', { name: 'K', rights });

describe('an operator key with rights of its own', () => {
  it('has them shown, in the list and in the audit log', async () => {
    const { id } = await issue(['program:change']);
    const { items } = await api.operator.get<{ items: readonly Issued[] }>('/api/v1/api-keys');
    expect(items.find((key) => key.id === id)).toMatchObject({ rights: ['program:change'] });
    expect(items[0]).toMatchObject({ rights: null });
    expect(await api.operator.get(`/api/v1/audit?subjectId=${id}`)).toMatchObject({
      items: [{ action: 'api-key.issue', details: { rights: ['program:change'] } }],
    });
  });

  it('is refused what it lacks, in words, and may do all that every operator may', async () => {
    const none = api.as((await issue([])).key);
    expect(await none.send('PUT', '/api/v1/program', { protectionDays: 30 })).toMatchObject({
      status: 403,
      body: {
        type: 'urn:introducer:problem:right-missing',
        detail: 'This needs the right program:change, which you do not have.',
      },
    });
    expect(await none.send('POST', '/api/v1/api-keys')).toMatchObject({ status: 403 });
    expect(await none.send('DELETE', '/api/v1/api-keys/key_x')).toMatchObject({ status: 403 });
    expect((await none.send('GET', '/api/v1/program')).status).toBe(200);
    const changer = api.as((await issue(['program:change'])).key);
    expect((await changer.send('PUT', '/api/v1/program', { protectionDays: 30 })).status).toBe(200);
  });

  it('cannot come by what it lacks through a key it makes', async () => {
    const manager = api.as((await issue(['keys:manage'])).key);
    expect(await manager.send('POST', '/api/v1/api-keys', { rights: ['plans:apply', 'keys:manage'] })).toMatchObject({
      status: 403,
      body: { detail: 'This key cannot give plans:apply, which it lacks itself.' },
    });
    expect(await manager.post<Issued>('/api/v1/api-keys')).toMatchObject({ rights: ['keys:manage'] });
  });

  it('is not made with a right that is none', async () => {
    const answer = await api.operator.send('POST', '/api/v1/api-keys', { rights: ['plans:bless'] });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'rights[0]', value: '"plans:bless"' }] } });
  });
});
