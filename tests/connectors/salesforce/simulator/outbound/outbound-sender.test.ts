import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  acknowledgement,
  readOutboundMessage,
  usualOutboundLimits,
} from '../../../../../connectors/salesforce/outbound-message.js';
import type { OutboundSender } from '../../../../../connectors/salesforce/simulator/outbound/outbound-sender.js';
import { createOutboundSender } from '../../../../../connectors/salesforce/simulator/outbound/outbound-sender.js';
import type { OutboundPatch } from '../../../../../connectors/salesforce/simulator/outbound/outbound-settings.js';
import { eventually } from '../../../../support/eventually.js';

const recordId = '0065f00000UloqVAAR';
let answers: { readonly status: number; readonly body: string }[] = [];
let received: string[] = [];
let server: http.Server;
let sender: OutboundSender | null = null;
let stage = 'Qualification';

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push(body);
      const answer = answers.shift() ?? { status: 200, body: acknowledgement() };
      response.writeHead(answer.status, { 'Content-Type': 'text/xml' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  sender?.close();
  answers = [];
  received = [];
  stage = 'Qualification';
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function start(settings: OutboundPatch = {}): OutboundSender {
  const { port } = server.address() as AddressInfo;
  const targetUrl = `http://127.0.0.1:${port}/webhooks/salesforce/secret`;
  let ids = 0;
  sender = createOutboundSender({
    organisation: '00D5f000000simAEAQ',
    instanceUrl: () => 'https://acme.my.salesforce.com',
    apiVersion: '67.0',
    newId: (prefix) => `${prefix}5f00000${String((ids += 1)).padStart(5, '0')}AAA`,
    valuesOf: () => ({ StageName: stage }),
    random: () => 0.5,
    settings: {
      messages: [{ entity: 'Opportunity', fields: ['StageName'], targetUrl }],
      retryBaseMs: 10,
      retryMaxMs: 20,
      ...settings,
    },
  });
  return sender;
}

function save(ids: readonly string[] = [recordId], changeType: 'UPDATE' | 'DELETE' = 'UPDATE'): void {
  sender?.publish({
    entity: 'Opportunity',
    ids,
    changeType,
    commitAt: 0,
    commitNumber: 1,
    transaction: 't',
    sequence: 1,
    client: null,
    origin: 'ui',
    userId: '0055f000005mc66AAA',
    changedFields: [],
    values: {},
  });
}
const read = (xml: string): unknown => readOutboundMessage(xml, usualOutboundLimits);

describe('Outbound Messages of the simulated org', () => {
  it('tell of saved records until they are acknowledged, with the same ids and the latest values', async () => {
    answers = [
      { status: 500, body: '' },
      { status: 200, body: acknowledgement().replace('true', 'false') },
    ];
    const running = start();
    save();
    await eventually('it was tried once', () => running.attempts().length === 1);
    stage = 'Closed Won';
    await eventually('it was acknowledged', () => running.attempts().some(({ outcome }) => outcome === 'acknowledged'));
    expect(running.attempts().map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'acknowledged']);
    const [first, , last] = received.map(read);
    expect(first).toMatchObject({ message: { ids: [recordId], stageHints: new Map([[recordId, 'Qualification']]) } });
    expect(last).toMatchObject({ message: { ids: [recordId], stageHints: new Map([[recordId, 'Closed Won']]) } });
    const messageId = expect.stringMatching(/^04l/) as string;
    expect(first).toMatchObject({ message: { messageId } });
    expect(received[0]?.match(/<Id>\w+/)?.[0]).toBe(received[2]?.match(/<Id>\w+/)?.[0]);
  });

  it('hold a hundred records at most, and none that were deleted', async () => {
    const running = start();
    const ids = Array.from({ length: 130 }, (_, index) => `0065f0000${String(index).padStart(6, '0')}AAA`);
    save(ids);
    save(['0065f00000UloqZAAR'], 'DELETE');
    await eventually('two messages were sent', () => running.attempts().length === 2 && running.waiting() === 0);
    expect(running.attempts().map(({ recordIds }) => recordIds.length)).toEqual([100, 30]);
  });

  it('come again although they were acknowledged, where that is switched on', async () => {
    const running = start({ duplicateShare: 1, mostAttempts: 2 });
    save();
    await eventually('it came twice', () => received.length >= 2);
    expect(running.attempts()[0]?.outcome).toBe('acknowledged');
  });

  it('are given up after the last attempt', async () => {
    answers = [1, 2, 3, 4].map(() => ({ status: 503, body: '' }));
    const running = start({ mostAttempts: 3 });
    save();
    await eventually('nothing waits any more', () => running.attempts().length === 3 && running.waiting() === 0);
    expect(received).toHaveLength(3);
  });
});
