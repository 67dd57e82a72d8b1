import { startTestApi, type TestApi } from '../support/test-api.js';

interface Partner {
  readonly id: string;
  readonly personalUrl: string;
  readonly [field: string]: unknown;
}
interface Problem {
  readonly type: string;
  readonly errors?: readonly { readonly field: string; readonly expected: string }[];
}

let api: TestApi;
let count = 0;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  await api.close();
});

async function createPartner(fields: Readonly<Record<string, unknown>> = {}): Promise<Partner> {
  count += 1;
  return api.operator.post<Partner>('/api/v1/partners', {
    name: `Partner ${String(count)}`,
    email: `partner${String(count)}@example.com`,
    ...fields,
  });
}

async function keyOf(partner: Partner): Promise<string> {
  const { key } = await api.operator.post<{ key: string }>(`/api/v1/partners/${partner.id}/api-keys`);
  return key;
}

describe('partners', () => {
  it('gets a personal link nobody can guess when it is created', async () => {
    const first = await createPartner({ name: 'Anna Agency', email: 'Anna@Agency.example', payoutCurrency: 'EUR' });
    expect(first).toMatchObject({
      name: 'Anna Agency',
      email: 'Anna@Agency.example',
      type: 'referral',
      recruitedBy: null,
      payoutCurrency: 'EUR',
      status: 'active',
      createdAt: '2026-03-02T09:00:00.000Z',
    });
    expect(first.personalUrl).toMatch(/^https:\/\/partners\.test\/r\/[\w-]{32}$/);
    expect((await createPartner()).personalUrl).not.toBe(first.personalUrl);
    expect(await api.operator.get(`/api/v1/partners/${first.id}`)).toEqual(first);
  });

  it('has an e-mail address of its own, however it is written', async () => {
    await createPartner({ email: 'one@only.example' });
    const answer = await api.operator.send<Problem>('POST', '/api/v1/partners', {
      name: 'Two',
      email: 'ONE@only.example',
    });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      type: 'urn:introducer:problem:partner-email-taken',
      errors: [{ field: 'email', value: 'ONE@only.example' }],
    });
    const other = await createPartner();
    const patch = await api.operator.send<Problem>('PATCH', `/api/v1/partners/${other.id}`, {
      email: 'one@ONLY.example',
    });
    expect(patch.status).toBe(409);
  });

  it('is recruited only by a partner there is, and never in a circle', async () => {
    const unknown = await api.operator.send<Problem>('POST', '/api/v1/partners', {
      name: 'X',
      email: 'x@example.com',
      recruitedBy: 'par_nobody',
    });
    expect([unknown.status, unknown.body.errors?.[0]?.field]).toEqual([422, 'recruitedBy']);

    const grandmother = await createPartner();
    const mother = await createPartner({ recruitedBy: grandmother.id });
    const child = await createPartner({ recruitedBy: mother.id });
    for (const loop of [child.id, mother.id, grandmother.id]) {
      const answer = await api.operator.send<Problem>('PATCH', `/api/v1/partners/${grandmother.id}`, {
        recruitedBy: loop,
      });
      expect([answer.status, answer.body.type]).toEqual([422, 'urn:introducer:problem:recruiter-loop']);
    }
    const freed = await api.operator.send<Partner>('PATCH', `/api/v1/partners/${mother.id}`, { recruitedBy: null });
    expect(freed.body['recruitedBy']).toBeNull();
    const turned = await api.operator.send('PATCH', `/api/v1/partners/${grandmother.id}`, { recruitedBy: child.id });
    expect(turned.status).toBe(200);
  });

  it('sees itself and nobody else', async () => {
    const [own, other] = [await createPartner(), await createPartner()];
    const partner = api.as(await keyOf(own));
    expect(await partner.get('/api/v1/partners/me')).toEqual(own);
    expect(await partner.get(`/api/v1/partners/${own.id}`)).toEqual(own);
    const foreign = await partner.send<Problem>('GET', `/api/v1/partners/${other.id}`);
    const missing = await partner.send<Problem>('GET', '/api/v1/partners/par_nobody');
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect(foreign.body.type).toBe(missing.body.type);
    for (const [method, path] of [
      ['GET', '/api/v1/partners'],
      ['POST', '/api/v1/partners'],
      ['PATCH', `/api/v1/partners/${own.id}`],
      ['POST', `/api/v1/partners/${own.id}/api-keys`],
      ['GET', '/api/v1/audit'],
      ['PUT', '/api/v1/program'],
    ] as const) {
      expect((await partner.send(method, path, method === 'GET' ? undefined : {})).status).toBe(403);
    }
    expect((await api.operator.send('GET', '/api/v1/partners/me')).status).toBe(403);
  });

  it('is listed page by page, and found by its e-mail address', async () => {
    for (let index = 0; index < 5; index += 1) await createPartner();
    await createPartner({ email: 'x-one@example.com' });
    const seen: string[] = [];
    let path = '/api/v1/partners?limit=2';
    for (let page = 0; page < 50; page += 1) {
      const answer = await api.operator.get<{ items: Partner[]; nextCursor: string | null }>(path);
      seen.push(...answer.items.map((item) => item.id));
      if (answer.nextCursor === null) break;
      expect(answer.items).toHaveLength(2);
      path = `/api/v1/partners?limit=2&cursor=${answer.nextCursor}`;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toHaveLength((await api.operator.get<{ items: [] }>('/api/v1/partners?limit=200')).items.length);
    const found = await api.operator.get<{ items: Partner[] }>('/api/v1/partners?email=X-ONE@example.com');
    expect(found.items).toHaveLength(1);
  });

  it('loses access within seconds when its key is revoked', async () => {
    const partner = await createPartner();
    const answer = await api.operator.post<{ key: string; id: string }>(`/api/v1/partners/${partner.id}/api-keys`, {
      name: 'CRM script',
    });
    const other = await createPartner();
    const signedIn = api.as(answer.key);
    expect((await signedIn.send('GET', '/api/v1/partners/me')).status).toBe(200);
    const foreign = await api.operator.send('DELETE', `/api/v1/partners/${other.id}/api-keys/${answer.id}`);
    expect(foreign.status).toBe(404);
    const revoked = await api.operator.send('DELETE', `/api/v1/partners/${partner.id}/api-keys/${answer.id}`);
    expect(revoked.status).toBe(204);
    api.clock.advanceMs(3_001);
    expect((await signedIn.send('GET', '/api/v1/partners/me')).status).toBe(401);
    const keys = await api.operator.get<{ items: unknown[] }>(`/api/v1/partners/${partner.id}/api-keys`);
    expect(keys.items).toMatchObject([{ id: answer.id, name: 'CRM script', role: 'partner', partnerId: partner.id }]);
    expect(JSON.stringify(keys)).not.toContain(answer.key);
  });

  it('leaves a trace of what was changed, without anybody’s details', async () => {
    const partner = await createPartner({ email: 'private@person.example' });
    await api.operator.send('PATCH', `/api/v1/partners/${partner.id}`, {
      email: 'other@person.example',
      status: 'inactive',
    });
    const log = await api.operator.get<{ items: unknown[] }>(`/api/v1/audit?subjectId=${partner.id}`);
    expect(log.items).toMatchObject([
      {
        action: 'partner.change',
        actor: { kind: 'operator', name: 'Test operator' },
        subject: { type: 'partner', id: partner.id },
        details: { changed: ['email', 'status'], status: 'inactive' },
      },
      { action: 'partner.create' },
    ]);
    expect(JSON.stringify(log)).not.toContain('person.example');
  });
});
