import type { CrmKind } from '../../connectors/contract.js';
import { insertPerson } from '../../src/access/person.store.js';
import type { OperatorRole } from '../../src/access/rights.js';
import { newId } from '../../src/platform/ids.js';
import type { ApiAnswer } from '../support/api-client.js';
import { answerConsent } from '../support/consent.js';
import { eventually } from '../support/eventually.js';
import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

interface Shown {
  readonly accountId: string | null;
  readonly connected: boolean;
  readonly connectedBy: string | null;
  readonly disconnectReason: string | null;
  readonly provisionedAt: string | null;
  readonly signIn: string;
  readonly redirectUrl: string | null;
}

interface Refusal {
  readonly type: string;
  readonly detail: string;
}

const kinds: readonly CrmKind[] = ['hubspot', 'salesforce'];

describe.each(kinds)('%s that a person connects in the browser', (crm) => {
  let service: RunningService;
  let admin: string;
  afterEach(() => service.close());

  beforeEach(async () => {
    service = await startRunningService({
      until: 'listening',
      ...(crm === 'salesforce' ? { salesforce: {} } : {}),
      environment: environmentOf(crm),
    });
    admin = await person('admin');
  });

  const person = async (role: OperatorRole): Promise<string> => {
    const id = newId('per');
    const email = `${id}@vendor.test`;
    const at = new Date();
    await service.db.transaction().execute((trx) =>
      insertPerson(trx, {
        id,
        name: `Ada ${role}`,
        email,
        email_verified: true,
        image: null,
        kind: 'operator',
        role,
        partner_id: null,
        created_at: at,
        updated_at: at,
        ended_at: null,
      }),
    );
    return signInAs(service, { id, email, isPartner: false });
  };
  const send = <T>(path: string, body: unknown, cookie = admin): Promise<ApiAnswer<T>> =>
    service.as(null).send<T>('POST', path, body, { cookie });
  const begin = async (cookie = admin): Promise<string> => {
    const answer = await send<{ url: string }>(`/api/v1/connections/${crm}/sign-ins`, {}, cookie);
    expect(answer.status).toBe(201);
    return answer.body.url;
  };
  const comeBack = (answer: Record<string, string>, cookie?: string) =>
    send<Refusal & { accountId?: string }>('/api/v1/connections/callback', answer, cookie);
  const connect = async (): Promise<void> => {
    const answer = await comeBack(await answerConsent(await begin(), 'allow'));
    expect(answer).toMatchObject({ status: 200 });
  };
  const disconnect = (reason = 'Another organisation takes over.') =>
    send<Refusal & { revoked?: boolean; refusal?: string }>(`/api/v1/connections/${crm}/disconnect`, { reason });
  const shown = async (): Promise<Shown> => {
    const { items } = await service.operator.get<{ items: readonly (Shown & { id: string })[] }>('/api/v1/connections');
    const found = items.find(({ id }) => id === crm);
    if (found === undefined) throw new Error(`no connection ${crm}`);
    return found;
  };
  const accountId = (): string =>
    crm === 'hubspot' ? String(service.hubspot.portalId) : (service.salesforce?.org.id ?? '');
  const program = () => partnerProgram(service);
  const problems = async () =>
    (await service.operator.get<{ items: readonly { work: string }[] }>('/api/v1/problems')).items;
  const audit = async (): Promise<readonly string[]> => {
    const path = `/api/v1/audit?subjectType=connection&subjectId=${crm}`;
    const { items } = await service.operator.get<{ items: readonly { action: string }[] }>(path);
    return items.map(({ action }) => action).toReversed();
  };
  /** Records in the CRM that carry one of our registrations. */
  const pushed = (registrationId: string): number =>
    crm === 'hubspot'
      ? service.hubspot.person
          .records('deals')
          .filter(({ properties }) => properties['introducer_registration_id'] === registrationId).length
      : (service.salesforce?.person.all('Lead') ?? []).filter(({ values }) =>
          Object.values(values).includes(registrationId),
        ).length;
  const registerAndApprove = async (): Promise<string> => {
    const partner = await program().addPartner();
    const { id } = await program().register(partner, { amount: '900.00', currency: 'EUR' });
    await program().approve(id);
    return id;
  };

  it('waits for its account without a problem, and pushes what was approved meanwhile once it is connected, once', async () => {
    expect(await shown()).toMatchObject({ connected: false, signIn: 'web', accountId: null });
    const id = await registerAndApprove();
    await service.as(null).get('/readyz');
    expect(await problems()).toEqual([]);
    expect(pushed(id)).toBe(0);
    await connect();
    await service.settled();
    expect(await shown()).toMatchObject({ connected: true, accountId: accountId(), connectedBy: 'Ada admin' });
    expect((await shown()).provisionedAt).not.toBeNull();
    expect(pushed(id)).toBe(1);
    expect(await problems()).toEqual([]);
    expect(await audit()).toEqual(['connection.connect']);
  });

  it('takes an answer once, from who began it, while it is fresh, and no other', async () => {
    const back = await answerConsent(await begin(), 'allow');
    const code = (answer: ApiAnswer<Refusal>) => [answer.status, answer.body.type.split(':').at(-1)];
    expect(code(await comeBack({ ...back, state: 'forged' }))).toEqual([409, 'sign-in-unknown']);
    const other = await person('admin');
    expect(code(await comeBack(back, other))).toEqual([403, 'sign-in-of-another']);
    expect(code(await comeBack(back))).toEqual([409, 'sign-in-unknown']);
    const late = await answerConsent(await begin(), 'allow');
    service.clock.advanceMs(16 * 60_000);
    expect(code(await comeBack(late))).toEqual([409, 'sign-in-unknown']);
    const first = await answerConsent(await begin(), 'allow');
    const second = await answerConsent(await begin(), 'allow');
    expect(code(await comeBack(first))).toEqual([409, 'sign-in-unknown']);
    expect((await comeBack({ ...second, code: 'invented' })).status).toBe(409);
    expect((await shown()).connected).toBe(false);
    expect(await audit()).toEqual([]);
    const good = await answerConsent(await begin(), 'allow');
    expect((await comeBack(good)).status).toBe(200);
    expect(code(await comeBack(good))).toEqual([409, 'sign-in-unknown']);
    expect(await audit()).toEqual(['connection.connect']);
  });

  it('changes nothing when the person says no', async () => {
    const answer = await comeBack(await answerConsent(await begin(), 'deny'));
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('access_denied') } });
    expect((await shown()).connected).toBe(false);
  });

  it('refuses another account than the one whose records are linked, and gives its tokens back', async () => {
    await connect();
    await registerAndApprove();
    await service.settled();
    await disconnect();
    await service.db.updateTable('connections').set({ account_id: 'another' }).where('id', '=', crm).execute();
    const tokens = watchTokens(service, crm);
    const answer = await comeBack(await answerConsent(await begin(), 'allow'));
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('another') } });
    expect(tokens.given).toHaveLength(1);
    expect(tokens.revoked).toEqual(tokens.given);
    expect(await audit()).toEqual(['connection.connect', 'connection.disconnect']);
    expect(await shown()).toMatchObject({ connected: false, accountId: 'another' });
  });

  it('takes another account as long as nothing is linked', async () => {
    await connect();
    await service.settled();
    await service.db.updateTable('connections').set({ account_id: 'another' }).where('id', '=', crm).execute();
    await connect();
    await service.settled();
    expect(await shown()).toMatchObject({ connected: true, accountId: accountId() });
  });

  it('is disconnected with a reason, keeps what was linked, and goes on where it was when it is connected again', async () => {
    await connect();
    await service.settled();
    const before = await registerAndApprove();
    await service.settled();
    const { tokens_sealed: sealed } = await service.db
      .selectFrom('connections')
      .select('tokens_sealed')
      .where('id', '=', crm)
      .executeTakeFirstOrThrow();
    expect(sealed).toMatch(/^v1\./);
    expect(await disconnect()).toMatchObject({ status: 200, body: { revoked: true, refusal: null } });
    expect(await shown()).toMatchObject({ connected: false, disconnectReason: 'Another organisation takes over.' });
    expect((await disconnect()).status).toBe(409);
    const meanwhile = await registerAndApprove();
    expect(pushed(meanwhile)).toBe(0);
    expect((await program().registration(before)).crm?.state).toBe('linked');
    expect(await problems()).toEqual([]);
    await connect();
    await service.settled();
    expect([pushed(before), pushed(meanwhile)]).toEqual([1, 1]);
    expect(await problems()).toEqual([]);
    expect(await audit()).toEqual(['connection.connect', 'connection.disconnect', 'connection.connect']);
  });

  it('is connected again after the CRM took the access back, and the problem closes by itself', async () => {
    await connect();
    await service.settled();
    takeAccessBack(service, crm);
    await service.sweep(crm);
    await eventually('a problem says so', async () => (await problems()).length > 0);
    await connect();
    await service.settled();
    await service.sweep(crm);
    expect(await problems()).toEqual([]);
    expect(await audit()).toEqual(['connection.connect', 'connection.reconnect']);
  });

  it('does, once, what the CRM refused after it took the access back, when it is connected again', async () => {
    await connect();
    await service.settled();
    takeAccessBack(service, crm);
    const id = await registerAndApprove();
    const setAside = async () => (await problems()).map(({ work }) => work).toSorted();
    await eventually('its work is set aside', async () => (await setAside()).includes('push-registration'));
    await connect();
    await service.settled();
    expect(pushed(id)).toBe(1);
    expect((await program().registration(id)).crm?.state).toBe('linked');
    expect(await setAside()).toEqual([]);
  });

  it('is for people who have the right, and for no key', async () => {
    const key = await service.operator.send<Refusal>('POST', `/api/v1/connections/${crm}/sign-ins`, {});
    expect(key).toMatchObject({ status: 403, body: { type: expect.stringMatching(/sign-in-needs-person$/) } });
    for (const role of ['channel-manager', 'viewer'] as const) {
      const cookie = await person(role);
      expect((await send(`/api/v1/connections/${crm}/sign-ins`, {}, cookie)).status).toBe(403);
      expect((await send(`/api/v1/connections/${crm}/disconnect`, { reason: 'no' }, cookie)).status).toBe(403);
    }
  });

  it('makes our fields and looks again on a wish, and says how it went', async () => {
    const provision = () =>
      send<{ created?: string[]; existing?: string[] }>(`/api/v1/connections/${crm}/provision`, {});
    expect((await provision()).status).toBe(409);
    await connect();
    await service.settled();
    const again = await provision();
    expect(again).toMatchObject({ status: 200, body: { created: [] } });
    expect(again.body.existing?.length).toBeGreaterThan(5);
    expect((await send(`/api/v1/connections/${crm}/examine`, {})).status).toBe(200);
    expect(await audit()).toContain('connection.provision');
  });
});

function environmentOf(crm: CrmKind): Record<string, string> {
  if (crm === 'salesforce') {
    return {
      HUBSPOT_ACCESS_TOKEN: '',
      HUBSPOT_CLIENT_SECRET: '',
      SALESFORCE_SIGN_IN: 'web',
      SALESFORCE_REFRESH_TOKEN: '',
    };
  }
  return { HUBSPOT_ACCESS_TOKEN: '', HUBSPOT_CLIENT_ID: '11111111-aaaa-4bbb-8ccc-000000000001' };
}

function takeAccessBack({ hubspot, salesforce }: RunningService, crm: CrmKind): void {
  if (crm === 'hubspot') hubspot.oauth.uninstall();
  salesforce?.grants.revokeAll();
  salesforce?.sessions.expireAll();
}

/** The refresh tokens that the vendor gives from now on, and those it is told to revoke. */
function watchTokens({ hubspot, salesforce }: RunningService, crm: CrmKind) {
  const given: string[] = [];
  const revoked: string[] = [];
  if (crm === 'hubspot') {
    const vendor = { ...hubspot.oauth };
    hubspot.oauth.grant = () => {
      const tokens = vendor.grant();
      given.push(tokens.refreshToken);
      return tokens;
    };
    hubspot.oauth.revokeRefreshToken = (token) => {
      revoked.push(token);
      vendor.revokeRefreshToken(token);
    };
  }
  if (salesforce !== null) {
    const vendor = { ...salesforce.grants };
    salesforce.grants.newRefreshToken = (userId, token) => {
      given.push(vendor.newRefreshToken(userId, token));
      return given.at(-1) ?? '';
    };
    salesforce.grants.revoke = (token) => {
      revoked.push(token);
      return vendor.revoke(token);
    };
  }
  return { given, revoked };
}
