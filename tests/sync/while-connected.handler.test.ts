import {
  CrmNotConnected,
  CrmUnauthorised,
  type CrmConnector,
  type FeedListener,
  type OpenFeed,
} from '../../connectors/contract.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { migrations } from '../../src/migrations.js';
import { ensureConnection, updateConnection } from '../../src/sync/connection.store.js';
import { whileConnected } from '../../src/sync/while-connected.handler.js';
import { createSalesforceConnector } from '../../connectors/salesforce/connector.js';
import { openTestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';

describe('a connector of a connection that people make and end', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openTestDatabase({ migrations });
    const connection = { id: 'salesforce', crm: 'salesforce', name: 'Salesforce', signIn: 'web' } as const;
    await database.db.transaction().execute((trx) => ensureConnection(trx, connection, new Date()));
  });
  afterAll(() => database.close());

  const signIn = (id: string | null) => updateConnection(database.db, 'salesforce', { sign_in_id: id });
  /** One that answers with the sign-in it was made for. */
  const connector = (
    stages: (signInId: string) => Promise<never> = (id) => Promise.reject(new Error(id)),
    open: () => OpenFeed = openIdleFeed,
  ) => {
    const shape = createSalesforceConnector({
      loginUrl: 'http://127.0.0.1:9',
      grant: { kind: 'client-credentials', clientId: 'c', clientSecret: 's' },
      tokens: { load: () => Promise.resolve(null), save: () => Promise.resolve(), exclusively: (act) => act() },
      changeChannel: '/data/ChangeEvents',
      now: () => new Date(),
    });
    const feed = { remedy: 'none', open };
    const build = (id: string): CrmConnector => ({ ...shape, feed, stages: () => stages(id) });
    return whileConnected({ db: database.db, connectionId: 'salesforce', build, lookEveryMs: 20 });
  };

  it('makes no call while nobody has connected it, and waits', async () => {
    await signIn(null);
    const failure = await connector()
      .stages()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmNotConnected);
    expect(failure).toMatchObject({ retryable: true, retryAfterMs: 30_000 });
  });

  it('works with the sign-in that counts now, whoever made it', async () => {
    const one = connector();
    await signIn('first');
    await expect(one.stages()).rejects.toThrow('first');
    await signIn('second');
    await expect(one.stages()).rejects.toThrow('second');
  });

  it('waits where it is refused because the sign-in ended meanwhile, and only there', async () => {
    const refused = () => new CrmUnauthorised({ operation: 'read', vendorMessage: 'revoked' });
    await signIn('first');
    await expect(connector(() => Promise.reject(refused())).stages()).rejects.toBeInstanceOf(CrmUnauthorised);
    const ended = connector(async () => {
      await signIn(null);
      throw refused();
    });
    await expect(ended.stages()).rejects.toBeInstanceOf(CrmNotConnected);
  });

  it('opens no feed while nobody has connected it, and closes one that nobody listens to any more', async () => {
    await signIn(null);
    await expect(connector().feed?.open(listener).ended).resolves.toBeInstanceOf(CrmNotConnected);
    await signIn('first');
    const feed = connector().feed?.open(listener);
    await feed?.close();
    await expect(feed?.ended).resolves.toBeNull();
  });

  it.each(['second', null])('ends a feed that is open once its sign-in is over, and closes it (%s)', async (next) => {
    await signIn('first');
    let opened = 0;
    let closed = 0;
    const open = () => {
      opened += 1;
      const inner = openIdleFeed();
      return { ...inner, close: () => ((closed += 1), inner.close()) };
    };
    const feed = connector(undefined, open).feed?.open(listener);
    await eventually('it listens', () => Promise.resolve(opened === 1));
    await signIn(next);
    await expect(feed?.ended).resolves.toBeInstanceOf(CrmNotConnected);
    expect([opened, closed]).toEqual([1, 1]);
  });
});

const listener: FeedListener = {
  position: () => Promise.resolve(null),
  keep: () => Promise.resolve(),
  onState: () => undefined,
};

function openIdleFeed() {
  let end: (value: null) => void = () => undefined;
  const ended = new Promise<null>((resolve) => (end = resolve));
  return {
    ended,
    close: () => {
      end(null);
      return Promise.resolve();
    },
  };
}
