import jsforce from 'jsforce';
import { StreamingExtension } from 'jsforce/lib/api/streaming.js';
import { eventually } from '../../../../support/eventually.js';
import type { SimulatedStreaming } from '../../simulated-streaming.js';
import { dealId, startSimulatedStreaming } from '../../simulated-streaming.js';

const channel = '/data/OpportunityChangeEvent';
let org: SimulatedStreaming;
let goodbye: (() => void)[] = [];

beforeEach(async () => {
  org = await startSimulatedStreaming();
});

afterEach(async () => {
  for (const leave of goodbye) leave();
  goodbye = [];
  // jsforce's client goes on trying to say goodbye for as long as nobody answers.
  await eventually('all have left', () => org.counts().clients === 0);
  await org.stop();
});

interface Heard {
  readonly event: { readonly replayId: number };
  readonly payload: {
    readonly ChangeEventHeader: {
      readonly entityName: string;
      readonly sequenceNumber: number;
      readonly transactionKey: string;
    };
    readonly StageName?: string;
  };
}

/** What jsforce's types leave out of the client it hands out. */
interface Disconnecting {
  disconnect(): void;
}

function canDisconnect(client: object): client is Disconnecting {
  return 'disconnect' in client && typeof client.disconnect === 'function';
}

/** Listens with jsforce's own client, from behind a replay id. */
async function listen(replayId: number, on = channel): Promise<Heard[]> {
  const connection = new jsforce.Connection(org.access);
  const client = connection.streaming.createClient([new StreamingExtension.Replay(on, replayId)]);
  if (canDisconnect(client)) goodbye.push(() => client.disconnect());
  const heard: Heard[] = [];
  await client.subscribe(on, (message: Heard) => void heard.push(message));
  return heard;
}

const move = (stage: string): void => org.commit({ values: { StageName: stage, Amount: null } });
const stages = (heard: readonly Heard[]): readonly (string | undefined)[] =>
  heard.map(({ payload }) => payload.StageName);

describe('the simulated stream, heard by jsforce', () => {
  it('brings what is new, in the form of a change event', async () => {
    move('before');
    const heard = await listen(-1);
    org.commit({ client: 'introducer', origin: 'api', values: { StageName: 'Closed Won', Amount: null } });
    await eventually('it was heard', () => heard.length === 1);
    expect(heard[0]).toEqual({
      schema: 'simulated-Opportunity',
      event: { replayId: expect.any(Number) },
      payload: {
        ChangeEventHeader: {
          entityName: 'Opportunity',
          recordIds: [dealId],
          changeType: 'UPDATE',
          changeOrigin: 'com/salesforce/api/rest/67.0;client=introducer',
          transactionKey: expect.any(String),
          sequenceNumber: 1,
          commitTimestamp: org.clock.now().getTime(),
          commitUser: '0055f000005mc66AAA',
          commitNumber: expect.any(Number),
          changedFields: ['StageName', 'Amount'],
        },
        StageName: 'Closed Won',
        Amount: null,
      },
    });
  });

  it('brings everything retained, or what came behind an event, in ascending order', async () => {
    move('a');
    await Promise.resolve();
    move('b');
    await Promise.resolve();
    move('c');
    const all = await listen(-2);
    await eventually('all were heard', () => all.length === 3);
    expect(stages(all)).toEqual(['a', 'b', 'c']);
    const [first] = all;
    const rest = await listen(first!.event.replayId);
    await eventually('the rest was heard', () => rest.length === 2);
    expect(stages(rest)).toEqual(['b', 'c']);
  });

  it('refuses to go on behind an event that is no longer there', async () => {
    move('a');
    const all = await listen(-2);
    await eventually('it was heard', () => all.length === 1);
    org.clock.advanceMs(72 * 3_600_000 + 1);
    await expect(listen(all[0]!.event.replayId)).rejects.toMatchObject({
      message: expect.stringMatching(/The replayId \{\d+\} you provided was invalid/),
    });
    await expect(listen(999_999_999)).rejects.toMatchObject({ message: expect.stringMatching(/was invalid/) });
  });

  it('goes on after the client was forgotten, by a new handshake', async () => {
    const heard = await listen(-1);
    move('a');
    await eventually('the first was heard', () => heard.length === 1);
    org.forgetClients();
    move('b');
    await eventually('the second was heard', () => heard.length === 2);
    expect(org.counts().messages.handshake).toBe(2);
  });

  it.each([
    [{ viewAllData: false }, channel, /User not allowed to subscribe CDC/],
    [{}, '/data/NonsenseChangeEvent', /The channel you requested to subscribe to doesn't exist/],
    [{ deliveredPerDay: 0 }, channel, /Organization total events daily limit exceeded/],
  ])("is refused with Salesforce's words: %j %s", async (settings, on, words) => {
    org.configure(settings);
    await expect(listen(-1, on)).rejects.toMatchObject({ message: expect.stringMatching(words) });
  });
});

describe('the changes of the simulated org', () => {
  it('are one event where one transaction did the same to several records', async () => {
    const heard = await listen(-1);
    org.commit(
      { values: { StageName: 'Closed Won' } },
      { ids: ['0065f00000UloqWAAR'], values: { StageName: 'Closed Won' } },
      { ids: ['0065f00000UloqXAAR'], values: { StageName: 'Closed Lost' } },
    );
    await eventually('both were heard', () => heard.length === 2);
    expect(heard.map(({ payload }) => payload.ChangeEventHeader)).toMatchObject([
      { recordIds: [dealId, '0065f00000UloqWAAR'], sequenceNumber: 1 },
      { recordIds: ['0065f00000UloqXAAR'], sequenceNumber: 3 },
    ]);
  });

  it('of a conversion come in order and under one transaction, the lead last', async () => {
    const heard = await listen(-1, '/data/ChangeEvents');
    org.commit(
      { entity: 'Account', ids: ['0015f00000UloqVAAR'], changeType: 'CREATE', values: { Name: 'Acme', Phone: null } },
      { entity: 'Contact', ids: ['0035f00000UloqVAAR'], changeType: 'CREATE', values: { LastName: 'Doe' } },
      { changeType: 'CREATE', values: { Name: 'Acme-' } },
      { entity: 'Lead', ids: ['00Q5f00000UloqVAAR'], values: { IsConverted: true } },
    );
    await eventually('all were heard', () => heard.length === 4);
    const headers = heard.map(({ payload }) => payload.ChangeEventHeader);
    expect(headers.map(({ entityName, sequenceNumber }) => [entityName, sequenceNumber])).toEqual([
      ['Account', 1],
      ['Contact', 2],
      ['Opportunity', 3],
      ['Lead', 4],
    ]);
    expect(new Set(headers.map(({ transactionKey }) => transactionKey)).size).toBe(1);
    // Creations carry only what is not empty.
    expect(heard[0]?.payload).not.toHaveProperty('Phone');
  });

  it('are heard only where their object is selected', async () => {
    org.configure({ selectedEntities: ['Lead'] });
    const all = await listen(-1, '/data/ChangeEvents');
    const deals = await listen(-1);
    move('Closed Won');
    org.commit({ entity: 'Lead', ids: ['00Q5f00000UloqVAAR'], values: { Status: 'Working' } });
    await eventually('the lead was heard', () => all.length === 1);
    expect(deals).toEqual([]);
  });

  it('stay in order for one record, also when a transaction is late', async () => {
    const heard = await listen(-1);
    org.addFault({ kind: 'late', count: 1 });
    move('a');
    await Promise.resolve();
    move('b');
    await eventually('both were heard', () => heard.length === 2);
    expect(stages(heard)).toEqual(['a', 'b']);
  });

  it('are lost without a trace only where that is switched on', async () => {
    const heard = await listen(-1);
    org.addFault({ kind: 'drop', count: 1 });
    move('a');
    await Promise.resolve();
    move('b');
    await eventually('the second was heard', () => heard.length === 1);
    expect(stages(heard)).toEqual(['b']);
  });
});
