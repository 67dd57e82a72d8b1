import type { StreamAccess } from '../../../connectors/salesforce/bayeux-line.js';
import type { ChangeStream, ChangeStreamOptions, StreamState } from '../../../connectors/salesforce/stream.js';
import { openChangeStream } from '../../../connectors/salesforce/stream.js';
import type { ChangeBatch } from '../../../connectors/salesforce/stream-batch.js';
import type { StreamingFault } from '../../../connectors/salesforce/simulator/streaming/streaming-faults.js';
import { eventually } from '../../support/eventually.js';
import type { SimulatedStreaming } from './simulated-streaming.js';
import { startSimulatedStreaming } from './simulated-streaming.js';

/** What listens to a simulated org, and everything it has been told. */
export interface Listening {
  readonly stream: ChangeStream;
  readonly kept: ChangeBatch[];
  readonly states: StreamState[];
  /** The tokens that were said to be refused when access was asked for. */
  readonly asked: (string | null | undefined)[];
  /** As the database would hold it. */
  position: string | null;
  /** The stages hinted at, in their order. */
  stages(): readonly (string | null)[];
  /** The faults the stream has waited out, in their order. */
  faults(): readonly string[];
  live(): Promise<void>;
}

/** What a test may have otherwise than usual. */
export type ListeningOptions = Partial<ChangeStreamOptions> & { readonly startAt?: string | null };

const quickly = { firstWaitMs: 5, longestWaitMs: 40, graceMs: 400, answerMs: 500, dailyLimitWaitMs: 60 };

/** Opens a change stream that keeps everything it brings in memory. */
function listenTo(org: SimulatedStreaming, options: ListeningOptions = {}): Listening {
  const kept: ChangeBatch[] = [];
  const states: StreamState[] = [];
  const asked: (string | null | undefined)[] = [];
  const {
    timing,
    connect = (): Promise<StreamAccess> => Promise.resolve(org.access),
    startAt = null,
    ...rest
  } = options;
  const listening = { kept, states, asked, position: startAt };
  const stream = openChangeStream({
    channel: '/data/ChangeEvents',
    objects: ['Lead', 'Opportunity'],
    connect(instead) {
      asked.push(instead?.accessToken);
      return connect(instead);
    },
    position: () => Promise.resolve(listening.position),
    keep(batch) {
      kept.push(batch);
      listening.position = batch.position;
      return Promise.resolve();
    },
    own: { client: 'introducer', isOurField: (field) => field.startsWith('Introducer_') },
    now: () => org.clock.now(),
    onState: (state) => void states.push(state),
    timing: { ...quickly, ...timing },
    random: () => 0.5,
    ...rest,
  });
  return Object.assign(listening, {
    stream,
    stages: () => kept.flatMap(({ changes }) => changes.map(({ stageHint }) => stageHint)),
    faults: () => states.flatMap((state) => (state.kind === 'waiting' ? [state.fault] : [])),
    live: () => eventually('the stream is live', () => stream.state().kind === 'live'),
  });
}

/** An org of its own for each test of a file, and streams that are closed after it. */
export interface ListeningSetting {
  readonly org: SimulatedStreaming;
  listen(options?: ListeningOptions): Listening;
  /** Breaks the connection of a poll. */
  cut(): Promise<void>;
  /** Makes something go wrong, and waits until a poll that will meet it is held. */
  faultInHeldPoll(fault: StreamingFault): Promise<void>;
  /** Somebody moves the deal. */
  move(stage: string): void;
  /** Waits until the stream has told of these stages. */
  told(listening: Listening, ...stages: readonly string[]): Promise<void>;
}

export function listeningSetting(): ListeningSetting {
  let org: SimulatedStreaming;
  const open: Listening[] = [];
  beforeEach(async () => {
    org = await startSimulatedStreaming();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ stream }) => stream.close()));
    await org.stop();
  });
  return {
    get org() {
      return org;
    },
    listen(options = {}) {
      const listening = listenTo(org, options);
      open.push(listening);
      return listening;
    },
    async cut() {
      await eventually('a poll is held', () => org.counts().held > 0);
      org.cut();
    },
    async faultInHeldPoll(fault) {
      const polls = org.counts().messages.connect ?? 0;
      org.addFault(fault);
      await eventually('the poll that will meet it is held', () => {
        const { messages, held } = org.counts();
        return (messages.connect ?? 0) > polls && held === 1;
      });
    },
    move: (stage) => org.commit({ values: { StageName: stage } }),
    told: (listening, ...stages) =>
      eventually(`told of ${stages.join(', ')}`, () => stages.every((stage) => listening.stages().includes(stage))),
  };
}
