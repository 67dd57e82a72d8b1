import type { SignalDelivery, SignalReceiver } from '../../connectors/contract.js';
import { signalRoute } from '../../src/watch/signal.routes.js';
import { createTestClock } from '../support/test-clock.js';

const accepted: SignalDelivery = {
  kind: 'accepted',
  signals: [{ objectType: 'deal', accountId: 'a', crmDealId: '1', stageHint: null }],
  ...{ echoes: 0, ignored: 0 },
};
const request = { method: 'POST', originalUrl: '/x', headers: {}, rawBody: Buffer.alloc(0) };

const routeFor = (
  delivery: SignalDelivery,
  record: () => Promise<void>,
  answer?: SignalReceiver['answer'],
): ReturnType<typeof signalRoute> =>
  signalRoute('/x', {
    clock: createTestClock(),
    receiver: { kind: 'salesforce', receive: () => delivery, ...(answer === undefined ? {} : { answer }) },
    record,
    connectionFor: () => 'salesforce',
    observe: () => undefined,
  });

const content = { contentType: 'text/xml', body: 'understood' };

describe('a delivery of signals', () => {
  it('is answered in the words its sender wants only after its signals are stored', async () => {
    const order: string[] = [];
    let stored: () => void = () => undefined;
    const record = () => new Promise<void>((resolve) => (stored = resolve)).then(() => void order.push('stored'));
    const reply = routeFor(accepted, record, () => content)
      .handle(request)
      .then((value) => {
        order.push('answered');
        return value;
      });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toEqual([]);
    stored();
    expect(await reply).toEqual({ status: 200, content });
    expect(order).toEqual(['stored', 'answered']);
  });

  it('is not acknowledged when it could not be stored', async () => {
    const route = routeFor(
      accepted,
      () => Promise.reject(new RangeError('no database')),
      () => content,
    );
    await expect(route.handle(request)).rejects.toThrow('no database');
  });

  it.each([
    ['malformed', 400],
    ['not-configured', 401],
    ['bad-signature', 401],
    ['wrong-account', 403],
  ] as const)('that is refused as %s gets %i, in its own words where its sender wants some', async (reason, status) => {
    const refused = { kind: 'refused', reason, detail: 'Why.' } as const;
    const unasked = () => Promise.reject(new RangeError('nothing is to be stored'));
    expect(await routeFor(refused, unasked).handle(request)).toMatchObject({ status, problem: { detail: 'Why.' } });
    expect(await routeFor(refused, unasked, () => content).handle(request)).toMatchObject({ status, content });
  });

  it('to an address that only looks like ours is left to whoever serves what is not there', async () => {
    const refused = { kind: 'refused', reason: 'unknown-address', detail: 'Nothing.' } as const;
    expect(
      await routeFor(
        refused,
        () => Promise.resolve(),
        () => content,
      ).handle(request),
    ).toBeNull();
  });
});
