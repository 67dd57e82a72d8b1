import { CrmUnavailable, type OAuthTokens, type WebSignIn } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import type { Queue } from '../../src/platform/queue.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { ensureConnection, findConnection } from '../../src/sync/connection.store.js';
import { createTokenStore } from '../../src/sync/crm-tokens.handler.js';
import { createWebSignIn } from '../../src/sync/web-sign-in.handler.js';
import { eachDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

const secrets = createSecrets('5e'.repeat(32));
const ada = { kind: 'operator', id: 'per_ada', name: 'Ada', role: 'admin', rights: [] } as const;
const queue: Queue = {
  wake: () => undefined,
  onWake: () => undefined,
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

eachDatabase('connecting an account in the browser', (open) => {
  let database: OpenDatabase;
  const clock = createTestClock();
  beforeAll(async () => {
    database = await open({ migrations });
    const connection = { id: 'hubspot', crm: 'hubspot', name: 'HubSpot', signIn: 'web' } as const;
    await database.db.transaction().execute((trx) => ensureConnection(trx, connection, clock.now()));
  });
  afterAll(() => database.close());

  /** A vendor that numbers its tokens, and notes which of them it was told to revoke. */
  const vendor = () => {
    const revoked: (string | null)[] = [];
    let given = 0;
    const signIn: WebSignIn = {
      begin: ({ state }) => ({ url: `https://crm.test/?state=${state}`, codeVerifier: 'verifier' }),
      complete: ({ code, codeVerifier }) => {
        expect([code, codeVerifier]).toEqual(['code', 'verifier']);
        given += 1;
        return Promise.resolve({ tokens: tokensOf(given), accountId: 'portal' });
      },
      revoke: ({ refreshToken }) => {
        revoked.push(refreshToken);
        const vendorMessage = `no such token: ${String(refreshToken)}`;
        return Promise.reject(new CrmUnavailable({ operation: 'revoke the token', vendorMessage }));
      },
    };
    return { signIn, revoked };
  };
  const handler = (
    signIn: WebSignIn,
    transact: Transact = createTransact({ db: database.db, queue, clock }),
    onlyAccount: string | null = null,
  ) =>
    createWebSignIn({
      transact,
      secrets,
      accounts: new Map([['hubspot', { signIn, onlyAccount }]]),
      environmentRemedy: () => 'Change it there.',
      publicUrl: () => 'https://partners.test',
      resumed: () => Promise.resolve(),
    });
  const begun = async (signIn: WebSignIn): Promise<string> => {
    const { url } = await createTransact({ db: database.db, queue, clock })((uow) =>
      handler(signIn).begin(uow, 'hubspot', ada),
    );
    return new URL(url).searchParams.get('state') ?? '';
  };
  const row = async () => (await findConnection(database.db, 'hubspot'))!;
  const storeOf = (signInId: string) =>
    createTokenStore({
      db: database.db,
      clock,
      secrets,
      connectionId: 'hubspot',
      signInId,
      sleep: () => Promise.resolve(),
    });

  it('leaves nothing half done when the process dies between the trade and the storing, and is simply done again', async () => {
    const { signIn } = vendor();
    const whole = createTransact({ db: database.db, queue, clock });
    let steps = 0;
    const dying: Transact = (act) => {
      steps += 1;
      return steps === 1 ? whole(act) : Promise.reject(new Error('died'));
    };
    const state = await begun(signIn);
    await expect(handler(signIn, dying).complete({ state, code: 'code' }, ada)).rejects.toThrow('died');
    expect((await row()).sign_in_id).toBeNull();
    await expect(handler(signIn).complete({ state, code: 'code' }, ada)).rejects.toMatchObject({
      code: 'sign-in-unknown',
    });
    const again = { state: await begun(signIn), code: 'code' };
    await expect(handler(signIn).complete(again, ada)).resolves.toEqual({
      connectionId: 'hubspot',
      accountId: 'portal',
      refusal: null,
    });
  });

  it('keeps neither state, verifier nor tokens readable', async () => {
    const { signIn } = vendor();
    const state = await begun(signIn);
    const kept = JSON.stringify(await database.db.selectFrom('web_sign_ins').selectAll().execute());
    expect(kept).not.toMatch(new RegExp(`${state}|"verifier"`));
    await handler(signIn).complete({ state, code: 'code' }, ada);
    const everything = JSON.stringify([
      await row(),
      await database.db.selectFrom('audit_log').selectAll().execute(),
      await database.db.selectFrom('web_sign_ins').selectAll().execute(),
    ]);
    expect(everything).not.toMatch(/refresh-1|access-1/);
  });

  it('neither uses nor stores the tokens of a sign-in that another has taken the place of', async () => {
    const { signIn, revoked } = vendor();
    await handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada);
    const first = storeOf((await row()).sign_in_id ?? '');
    await expect(first.load()).resolves.toMatchObject({ refreshToken: 'refresh-1' });
    await handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada);
    expect(revoked).toContain('refresh-1');
    await expect(first.load()).resolves.toBeNull();
    await first.save(tokensOf(9));
    await expect(storeOf((await row()).sign_in_id ?? '').load()).resolves.toMatchObject({ refreshToken: 'refresh-2' });
  });

  const revokesRefused = async () => {
    const rows = await database.db
      .selectFrom('audit_log')
      .select(['actor_id', 'subject_id', 'details'])
      .where('action', '=', 'connection.revoke-refused')
      .orderBy('id')
      .execute();
    return rows.map(({ actor_id: actor, subject_id: subject, details }) => ({ actor, subject, details }));
  };

  it('says, and keeps, that the vendor did not revoke the tokens before', async () => {
    const { signIn } = vendor();
    await handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada);
    const before = await revokesRefused();
    const again = await handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada);
    expect(again.refusal).toBe('no such token: ***');
    const kept = { actor: 'per_ada', subject: 'hubspot', details: { refusal: 'no such token: ***' } };
    expect(await revokesRefused()).toEqual([...before, kept]);
  });

  it('says, and keeps, that the vendor did not revoke the tokens of an account that will not do', async () => {
    const { signIn, revoked } = vendor();
    const before = await revokesRefused();
    const answer = { state: await begun(signIn), code: 'code' };
    await expect(handler(signIn, undefined, 'another').complete(answer, ada)).rejects.toMatchObject({
      code: 'other-account',
      message: expect.stringContaining('given to portal (no such token: ***)'),
    });
    expect(revoked).toEqual(['refresh-1']);
    expect(await revokesRefused()).toHaveLength(before.length + 1);
  });

  it.each(['connect', 'disconnect'])('is no hindrance to %s that the tokens before cannot be read', async (act) => {
    const { signIn, revoked } = vendor();
    await handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada);
    revoked.length = 0;
    const tokens_sealed = createSecrets('b2'.repeat(32)).seal('{}');
    await database.db.updateTable('connections').set({ tokens_sealed }).execute();
    const ended =
      act === 'connect'
        ? handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada)
        : handler(signIn).disconnect('hubspot', ada, 'moved');
    await expect(ended).resolves.toMatchObject({ refusal: expect.stringContaining('unreadable') });
    expect(revoked).toEqual([]);
    expect((await row()).sign_in_id === null).toBe(act === 'disconnect');
  });

  it('ends here whatever the vendor says, whose words are shown without the token', async () => {
    const { signIn } = vendor();
    await handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada);
    const inTheWay = await begun(signIn);
    await expect(handler(signIn).disconnect('hubspot', ada, 'moved')).resolves.toEqual({
      revoked: false,
      refusal: 'no such token: ***',
    });
    expect(await row()).toMatchObject({ tokens_sealed: null, sign_in_id: null, disconnect_reason: 'moved' });
    await expect(handler(signIn).complete({ state: inTheWay, code: 'code' }, ada)).rejects.toMatchObject({
      code: 'sign-in-unknown',
    });
  });

  it('forgets what a person connected once the environment gives a token', async () => {
    const { signIn } = vendor();
    await handler(signIn).complete({ state: await begun(signIn), code: 'code' }, ada);
    const connection = { id: 'hubspot', crm: 'hubspot', name: 'HubSpot' } as const;
    await database.db.transaction().execute((trx) => ensureConnection(trx, connection, clock.now()));
    expect(await row()).toMatchObject({ sign_in: 'environment', tokens_sealed: null, sign_in_id: null });
  });
});

function tokensOf(number: number): OAuthTokens {
  return {
    accessToken: `access-${String(number)}`,
    refreshToken: `refresh-${String(number)}`,
    expiresAt: null,
    instanceUrl: null,
    accountId: 'portal',
  };
}
