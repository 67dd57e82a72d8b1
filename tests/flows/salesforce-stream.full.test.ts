import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import type { StreamingFault } from '../../connectors/salesforce/simulator/streaming/streaming-faults.js';
import { eventually } from '../support/eventually.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { salesforceProgram, type Converted, type SalesforceProgram } from '../support/salesforce-program.js';

interface ConnectionView {
  readonly id: string;
  readonly sweptAt: string | null;
  readonly changeFeed: { readonly state: string; readonly since: string; readonly detail: string | null } | null;
}

const channel = '/data/ChangeEvents';
const patienceMs = 20_000;
/** Nineteen registrations on their way to an opportunity, on a machine that is busy with something else. */
const longestStartMs = 180_000;

describe('a service that listens to Salesforce', () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  let program: SalesforceProgram;
  /** Open opportunities of registrations, made together because each takes its time. */
  let converted: readonly Converted[];
  let taken = 0;

  const next = (): Converted => converted[taken++]!;
  const connection = async (): Promise<ConnectionView> => {
    const { items } = await service.operator.get<{ items: readonly ConnectionView[] }>('/api/v1/connections');
    return items.find(({ id }) => id === 'salesforce')!;
  };
  const feedIs = (state: string) =>
    eventually(`the feed is ${state}`, async () => (await connection()).changeFeed?.state === state, patienceMs);
  const metric = async (line: string): Promise<number> => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((one) => one.startsWith(line))
        ?.split(' ')
        .at(-1) ?? Number.NaN,
    );
  };
  /** Waits until a poll has come that met whatever was switched before. */
  const polled = async (): Promise<void> => {
    const polls = salesforce.streaming.counts().messages['connect'] ?? 0;
    await eventually('it polls', () => (salesforce.streaming.counts().messages['connect'] ?? 0) > polls);
  };

  beforeAll(async () => {
    service = await startRunningService({
      salesforce: { streaming: { pollMs: 300 } },
      environment: { SALESFORCE_CHANGE_CHANNEL: channel },
    });
    salesforce = service.salesforce!;
    program = await salesforceProgram(service, salesforce);
    await feedIs('live');
    converted = await program.pushAllConverted(19);
  }, longestStartMs);
  afterEach(async () => {
    salesforce.streaming.clearFaults();
    await service.settled();
  });
  afterAll(() => service.close());

  it('follows a conversion and credits a win without any sweep', async () => {
    const { sweptAt } = await connection();
    const won = await program.pushConverted();
    program.win(won);
    await program.credited(won.registrationId);
    expect((await connection()).sweptAt).toBe(sweptAt);
  });

  it('does not read what only repeats its own writes', async () => {
    const won = next();
    program.win(won);
    await program.credited(won.registrationId);
    const before = await metric('introducer_signals_total{kind="deal"}');
    const echoes = await metric('introducer_signals_total{kind="echo"}');
    expect(echoes).toBeGreaterThan(0);
    // What the write-back has changed comes back within two polls.
    await polled();
    await polled();
    expect(await metric('introducer_signals_total{kind="deal"}')).toBe(before);
  });

  it.each<readonly StreamingFault[]>([
    [{ kind: 'cut', count: 1 }],
    [{ kind: 'deliver-then-cut', count: 1 }],
    [{ kind: 'repeat', count: 3 }],
    [{ kind: 'forget', count: 1 }],
    [{ kind: 'bad-gateway', count: 2 }],
    [{ kind: 'deny', count: 1 }],
    [{ kind: 'gap', count: 1 }],
    [{ kind: 'late', count: 1 }],
  ])('loses no win and books none twice when the stream meets %j', async (fault) => {
    const won = next();
    const { sweptAt } = await connection();
    salesforce.streaming.addFault(fault);
    await polled();
    program.win(won);
    await program.credited(won.registrationId);
    expect((await connection()).sweptAt).toBe(sweptAt);
  });

  it.each<readonly StreamingFault[]>([[{ kind: 'overflow', count: 1 }], [{ kind: 'wildcard', count: 1 }]])(
    'looks for what the stream could not name when it meets %j',
    async (fault) => {
      const won = next();
      salesforce.streaming.addFault(fault);
      program.win(won);
      await program.credited(won.registrationId);
    },
  );

  it('looks further back than the sweep where a long transaction is told late and names nothing', async () => {
    const [won, other] = [next(), next()];
    service.clock.advanceMs(1_000);
    const long = salesforce.person.begin();
    long.update(won.opportunityId, { StageName: 'Closed Won', Amount: 12_000 });
    // The sweep passes the moment at which it was stamped, and looks back ten minutes from what it has seen.
    service.clock.advanceMs(12 * 60_000);
    salesforce.person.update(other.opportunityId, { NextStep: 'call' });
    await service.sweep('salesforce');
    salesforce.streaming.addFault({ kind: 'overflow', count: 1 });
    long.commit();
    await program.credited(won.registrationId);
  });

  it('reads again what happened while it was away for longer than events are kept', async () => {
    const [won, deleted] = [next(), next()];
    program.win(deleted);
    await program.credited(deleted.registrationId);
    // From now on a day passes before the deals would be read by themselves.
    await service.readAllDeals('salesforce');
    // Nobody can listen while the clients are gone and every new one is cut off.
    salesforce.streaming.addFault({ kind: 'bad-gateway', step: 'handshake' });
    salesforce.streaming.forgetClients();
    await eventually('the stream is broken', () => salesforce.streaming.counts().clients === 0);
    program.win(won);
    salesforce.person.delete(deleted.opportunityId);
    salesforce.person.emptyRecycleBin();
    // Long enough for deals to be read again, and not so long that they would be anyway.
    service.clock.advanceMs(90 * 60_000);
    salesforce.streaming.expireEvents();
    salesforce.streaming.clearFaults();
    await program.credited(won.registrationId);
    await eventually(
      'what was deleted meanwhile is taken back',
      async () => (await program.bookOf(deleted.registrationId))?.length === 2,
      patienceMs,
    );
    expect(await program.bookOf(deleted.registrationId)).toEqual(['commission 1200.00 USD', 'reversal -1200.00 USD']);
    await feedIs('live');
  });

  it('alarms rev ops when a lead is converted without an opportunity, and proposes the one made later', async () => {
    const { sweptAt } = await connection();
    const { registrationId, leadId } = await program.pushLead();
    const { accountId } = salesforce.person.convertLead({ leadId, doNotCreateOpportunity: true });
    const alarms = async () => (await program.problems(registrationId)).map(({ work }) => work);
    await eventually('rev ops is called', async () => (await alarms()).includes('conversion-guard'), patienceMs);
    const late = salesforce.person.create('Opportunity', {
      ...{ Name: 'Made later', StageName: 'Prospecting', CloseDate: '2027-01-31', Amount: 12_000 },
      AccountId: accountId,
    });
    await eventually(
      'the opportunity is proposed',
      async () => {
        const { items } = await service.operator.get<{ items: readonly { readonly crmDealId: string }[] }>(
          `/api/v1/link-proposals?registrationId=${registrationId}&status=open`,
        );
        return items.some(({ crmDealId }) => crmDealId === late);
      },
      patienceMs,
    );
    expect((await connection()).sweptAt).toBe(sweptAt);
  });

  it('says in words that it may not listen, credits by the sweep, and listens once a person has mended it', async () => {
    const won = next();
    salesforce.streaming.configure({ viewAllData: false });
    salesforce.streaming.forgetClients();
    await feedIs('refused');
    const [problem] = await program.problems('salesforce');
    expect(problem).toMatchObject({
      work: 'change-feed',
      title: 'The CRM does not tell of changes by itself; the sweep finds them, later',
      detail: expect.stringContaining('Give the integration user View All on the watched objects'),
    });
    expect((await connection()).changeFeed?.detail).toContain('View All Data');
    expect(await metric('introducer_change_feed_live{connection="salesforce"}')).toBe(0);
    const handshakes = salesforce.streaming.counts().messages['handshake'];

    program.win(won);
    await service.sweep('salesforce');
    await program.credited(won.registrationId);
    // It is not asked again and again.
    expect(salesforce.streaming.counts().messages['handshake']).toBe(handshakes);

    salesforce.streaming.configure({ viewAllData: true });
    await service.operator.post(`/api/v1/problems/${problem?.id ?? ''}/retry`);
    await feedIs('live');
    await eventually('the problem is closed', async () => (await program.problems('salesforce')).length === 0);
    expect(await metric('introducer_change_feed_live{connection="salesforce"}')).toBe(1);
  });

  it('notices by the sweep that nothing is told, although the channel is open', async () => {
    const [one, other] = [next(), next()];
    // The feed must have been live for longer than clocks may differ.
    service.clock.advanceMs(120_000);
    salesforce.streaming.configure({ selectedEntities: [] });
    program.win(one);
    service.clock.advanceMs(180_000);
    // The moved clock let the listener's lease run out; it says again that it is alive.
    await feedIs('live');
    await service.sweep('salesforce');
    await program.credited(one.registrationId);
    const [problem] = await program.problems('salesforce');
    expect(problem).toMatchObject({
      work: 'silent-feed',
      detail: expect.stringContaining('Select Opportunity and Lead under Change Data Capture in Setup'),
    });
    salesforce.streaming.configure({ selectedEntities: ['Lead', 'Opportunity'] });
    program.win(other);
    await program.credited(other.registrationId);
    await eventually('no problem is left', async () => (await program.problems('salesforce')).length === 0);
  });
});
