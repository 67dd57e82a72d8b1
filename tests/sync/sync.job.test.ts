import { CrmUnauthorised, CrmUnavailable } from '../../connectors/contract.js';
import { provisionJob } from '../../src/sync/sync.job.js';

const now = new Date('2026-03-02T09:00:00.000Z');
const item = { key: 'hubspot', payload: null, attempts: 0 };

/** Runs the job against a CRM that answers so, and says what became of it. */
async function run(provision: () => Promise<unknown>) {
  const told: string[] = [];
  const job = provisionJob(provision, {
    failed: (topic) => Promise.resolve(void told.push(`${topic} fails`)),
    works: (topic) => Promise.resolve(void told.push(`${topic} works`)),
  });
  const outcomes = await job.run([item], now);
  return { told, outcome: outcomes === 'done' ? outcomes : outcomes.get('hubspot') };
}

describe('making our fields in the CRM', () => {
  it('is shown as a problem where it is refused, and tried again without anybody asking', async () => {
    const refused = new CrmUnauthorised({ operation: 'make properties', vendorMessage: 'Missing scopes' });
    expect(await run(() => Promise.reject(refused))).toEqual({
      told: ['make-fields fails'],
      outcome: { kind: 'again', at: new Date('2026-03-02T09:00:30.000Z') },
    });
  });

  it('ends that problem by itself once it works', async () => {
    expect(await run(() => Promise.resolve())).toEqual({ told: ['make-fields works'], outcome: { kind: 'done' } });
  });

  it('is left to the usual retries while the CRM does not answer', async () => {
    const away = new CrmUnavailable({ operation: 'make properties', vendorMessage: 'no answer' });
    await expect(run(() => Promise.reject(away))).rejects.toBe(away);
  });
});
