import { meRoutes } from '../../src/access/me.routes.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

const program = {
  programName: 'Freight Partners',
  timeZone: 'Europe/Berlin',
  defaultCurrency: 'EUR',
  reviewBusinessDays: 2,
  approvalSteps: ['Channel', 'Finance'],
  attestation: 'I told the contact.',
};

describe('who is signed in', () => {
  let api: TestApi;

  beforeAll(async () => {
    const partnerName = () => Promise.resolve('Northwind');
    const agreementAsked = () => Promise.resolve(true);
    const deps = { program: () => Promise.resolve(program), partnerName, agreementAsked, identityProvider: false };
    api = await startTestApi({ extraRoutes: meRoutes(deps) });
  });
  afterAll(() => api.close());

  it('is an operator with all rights, or with those of the key', async () => {
    expect(await api.operator.get('/api/v1/me')).toEqual({
      ...program,
      kind: 'operator',
      id: expect.stringMatching(/^key_/) as string,
      name: 'Test operator',
      partner: null,
      role: null,
      rights: null,
      agreementAsked: false,
    });
    const made = { name: 'Rita', rights: ['plans:apply'] };
    const { key } = await api.operator.post<{ key: string }>('/api/v1/api-keys', made);
    expect(await api.as(key).get('/api/v1/me')).toMatchObject(made);
  });

  it('is a partner by its name', async () => {
    const partner = { name: 'Northwind', email: 'team@northwind.example' };
    const { id } = await api.operator.post<{ id: string }>('/api/v1/partners', partner);
    const { key } = await api.operator.post<{ key: string }>(`/api/v1/partners/${id}/api-keys`);
    expect(await api.as(key).get('/api/v1/me')).toMatchObject({
      kind: 'partner',
      name: 'Northwind',
      partner: { id, name: 'Northwind' },
      agreementAsked: true,
      rights: null,
    });
  });

  it('is nobody without a key', async () => {
    expect((await api.as(null).send('GET', '/api/v1/me')).status).toBe(401);
  });
});
