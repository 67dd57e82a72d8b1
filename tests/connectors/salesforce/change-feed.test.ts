import type { FeedBatch, FeedState } from '../../../connectors/contract.js';
import { createChangeFeed, toFeedBatch } from '../../../connectors/salesforce/change-feed.js';
import type { OrgAccess } from '../../../connectors/salesforce/org-access.js';
import { connect } from './simulator/simulated-salesforce.js';
import { startSalesforceSimulator, type SalesforceSimulator } from '../../../connectors/salesforce/simulator/start.js';
import { eventually } from '../../support/eventually.js';

const nothing = { changes: [], rereads: [], echoes: 0, ignored: 0, position: '{}' };
const commitAt = '2026-11-27T09:00:00.000Z';

describe('a batch of the change stream in neutral words', () => {
  it('names opportunities as deals and Leads as leads, by their whole ids, and nothing else', () => {
    const { signals } = toFeedBatch(
      {
        ...nothing,
        changes: [
          { object: 'Opportunity', ids: ['0065f00000UloqV'], type: 'update', commitAt, stageHint: 'Closed Won' },
          { object: 'Lead', ids: ['00Q5f0000000001EAA'], type: 'delete', commitAt, stageHint: null },
          { object: 'Account', ids: ['0015f0000000001AAA'], type: 'update', commitAt, stageHint: null },
        ],
      },
      '',
    );
    expect(signals).toEqual([
      { objectType: 'deal', accountId: null, crmDealId: '0065f00000UloqVAAR', stageHint: 'Closed Won' },
      { objectType: 'lead', accountId: null, crmLeadId: '00Q5f0000000001EAA' },
    ]);
  });

  it('is read again since the earliest moment that anything asks for', () => {
    const reread = (since: string | null) => ({ object: null, since, reason: 'overflow' }) as const;
    const since = (...moments: (string | null)[]) =>
      toFeedBatch({ ...nothing, rereads: moments.map(reread) }, '').reread;
    expect(since()).toBeNull();
    expect(since(null)).toEqual({ since: null });
    expect(since(commitAt, '2026-11-27T08:00:00.000Z', null)).toEqual({ since: '2026-11-27T08:00:00.000Z' });
  });
});

describe('the change feed of an organisation', () => {
  let salesforce: SalesforceSimulator;
  const kept: FeedBatch[] = [];
  const states: FeedState['kind'][] = [];

  beforeEach(async () => {
    salesforce = await startSalesforceSimulator({
      streaming: { pollMs: 100, customChannels: { '/data/Ours__chn': [] } },
    });
    kept.splice(0);
    states.splice(0);
  });
  afterEach(() => salesforce.close());

  const open = (channel: string) =>
    createChangeFeed({
      connect: (() => Promise.resolve(connect(salesforce))) satisfies OrgAccess['connect'],
      channel,
      now: () => new Date(),
      timing: { answerMs: 2_000, firstWaitMs: 5 },
    }).open({
      position: () => Promise.resolve(kept.at(-1)?.position ?? null),
      keep: (batch) => Promise.resolve(void kept.push(batch)),
      onState: (state) => void states.push(state.kind),
    });

  it('tells what people do and not what we do, and goes on behind what was kept', async () => {
    const feed = open('/data/ChangeEvents');
    await eventually('it is live', () => states.includes('live'));
    const values = { LastName: 'Brandt', Company: 'Brightwater' };
    const leadId = salesforce.person.create('Lead', values);
    await eventually('the Lead is told', () => kept.flatMap(({ signals }) => signals).length === 1);
    expect(kept.flatMap(({ signals }) => signals)).toEqual([
      { objectType: 'lead', accountId: null, crmLeadId: leadId },
    ]);
    await feed.close();

    salesforce.person.update(leadId, { Company: 'Brightwater Logistics' });
    const before = kept.length;
    const later = open('/data/ChangeEvents');
    await eventually('what was missed is told', () => kept.slice(before).some(({ signals }) => signals.length > 0));
    expect(kept.slice(before).map(({ reread }) => reread)).toEqual([null]);
    await later.close();
  });

  it('begins anew on another channel, whose replay ids are others', async () => {
    const first = open('/data/ChangeEvents');
    await eventually('it is live', () => states.includes('live'));
    await first.close();
    const before = kept.length;
    const second = open('/data/Ours__chn');
    await eventually('it has begun', () => kept.length > before);
    expect(kept[before]).toMatchObject({ reread: { since: null } });
    expect(kept[before]?.position.startsWith('/data/Ours__chn ')).toBe(true);
    await second.close();
  });

  it('ends, with what is to be done, on a channel that is not there', async () => {
    expect(await open('/data/Nobodys__chn').ended).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('Select the watched objects under Change Data Capture in Setup'),
    });
  });
});
