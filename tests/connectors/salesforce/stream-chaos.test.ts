import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { ChangeBatch } from '../../../connectors/salesforce/stream-batch.js';
import type { StreamingFault } from '../../../connectors/salesforce/simulator/streaming/streaming-faults.js';
import { eventually } from '../../support/eventually.js';
import { generatedCases } from '../../support/generated-cases.js';
import { listeningSetting } from './listening.js';

const setting = listeningSetting();

/** What happens to a stream while people work. `dies`: our process, just before or just after a batch was stored. */
type Happening =
  | { readonly kind: 'commit' }
  | { readonly kind: 'fault'; readonly fault: StreamingFault }
  | { readonly kind: 'cut' | 'forget' | 'dies-before' | 'dies-after' | 'restart' | 'away-for-days' };

const faults: readonly StreamingFault[] = [
  ...(
    ['cut', 'deliver-then-cut', 'silent', 'repeat', 'forget', 'lose-subscription', 'busy', 'bad-gateway'] as const
  ).map((kind): StreamingFault => ({ kind, count: 1 })),
  ...(['handshake', 'subscribe'] as const).map((step): StreamingFault => ({ kind: 'cut', step, count: 1 })),
  ...(['gap', 'overflow', 'wildcard', 'late'] as const).map((kind): StreamingFault => ({ kind, count: 1 })),
];

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Happening>({ kind: 'commit' }) },
  { weight: 4, arbitrary: fc.constantFrom(...faults).map((fault): Happening => ({ kind: 'fault', fault })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Happening>(
      ...(['cut', 'forget', 'dies-before', 'dies-after', 'restart', 'away-for-days'] as const).map((kind) => ({
        kind,
      })),
    ),
  },
);

const stepMs = 20 * 60_000;
const patienceMs = 20_000;

describe('whatever happens to a change stream', () => {
  it('every change is told of, or lies in a time that is read again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 10, maxLength: 25 }), async (happenings) => {
        await live(happenings);
      }),
      { ...generatedCases(8), endOnFailure: true },
    );
  });
});

interface Commit {
  readonly id: string;
  readonly at: string;
  /** How many batches had been stored when it was made. */
  readonly after: number;
}

async function live(happenings: readonly Happening[]): Promise<void> {
  const { org } = setting;
  const stored: ChangeBatch[] = [];
  const commits: Commit[] = [];
  let position: string | null = null;
  let death: 'dies-before' | 'dies-after' | null = null;
  const keep = (batch: ChangeBatch): Promise<void> => {
    const dies = death;
    death = null;
    if (dies === 'dies-before') return Promise.reject(new Error('died before the commit'));
    stored.push(batch);
    position = batch.position;
    return dies === null ? Promise.resolve() : Promise.reject(new Error('died after the commit'));
  };
  org.configure({ pollMs: 40 });
  const open = () =>
    setting.listen({
      position: () => Promise.resolve(position),
      keep,
      // Patient with an answer, which a busy machine may give late; quick only to find a poll silent or a subscription gone.
      timing: { graceMs: 300, answerMs: 2_000, freshenMs: 150 },
    });
  const commit = (): void => {
    org.clock.advanceMs(stepMs);
    const id = `0065f00000${String(commits.length).padStart(5, '0')}AAA`;
    commits.push({ id, at: org.clock.now().toISOString(), after: stored.length });
    org.commit({ ids: [id], values: { StageName: 'Closed Won' } });
  };
  let listening = open();
  await eventually('the stream is live', () => listening.stream.state().kind === 'live', patienceMs);
  for (const one of happenings) {
    if (one.kind === 'commit') commit();
    else if (one.kind === 'fault') org.addFault(one.fault);
    else if (one.kind === 'cut') org.cut();
    else if (one.kind === 'forget') org.forgetClients();
    else if (one.kind === 'dies-before' || one.kind === 'dies-after') death = one.kind;
    else {
      await listening.stream.close();
      commit();
      if (one.kind === 'away-for-days') {
        org.clock.advanceDays(4);
        org.expireEvents();
      }
      listening = open();
    }
    await pause(15);
  }
  org.clearFaults();
  death = null;
  const missing = (): readonly Commit[] => commits.filter((one) => !isCovered(one, stored));
  await eventually('every change is told of', () => missing().length === 0, patienceMs).catch(() => undefined);
  await listening.stream.close();
  expect(missing()).toEqual([]);
}

function isCovered({ id, at, after }: Commit, stored: readonly ChangeBatch[]): boolean {
  return stored.slice(after).some(({ changes, rereads }) => {
    const isNamed = changes.some(({ ids }) => ids.includes(id));
    return isNamed || rereads.some(({ object, since }) => object !== 'Lead' && (since === null || since <= at));
  });
}
