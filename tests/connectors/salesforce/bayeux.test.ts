import { eventsOn, readMessages, subscribeMessage } from '../../../connectors/salesforce/bayeux.js';

const channel = '/data/ChangeEvents';

describe('answers of the streaming endpoint', () => {
  it('keep replay ids that are longer than a number holds', () => {
    const messages = readMessages(
      `[{"channel":"${channel}","data":{"event":{"replayId":18446744073709551615},"payload":{"a":1}}},` +
        '{"channel":"/meta/connect","successful":true}]',
    );
    expect(eventsOn(channel, messages ?? [])).toEqual([{ replayId: '18446744073709551615', payload: { a: 1 } }]);
    expect(subscribeMessage('c', channel, '18446744073709551615')).toContain(
      `"ext":{"replay":{"${channel}":18446744073709551615}}`,
    );
  });

  it('leave texts alone that look like a replay id', () => {
    const payload = { Description: '"replayId":18446744073709551615,' };
    const answer = JSON.stringify([{ channel, data: { event: { replayId: 5 }, payload } }]);
    expect(eventsOn(channel, readMessages(answer) ?? [])).toEqual([{ replayId: '5', payload }]);
  });

  it('hand over an event although its place cannot be read', () => {
    const messages = readMessages(JSON.stringify([{ channel, data: { payload: { a: 1 } } }, { channel }]));
    expect(eventsOn(channel, messages ?? [])).toEqual([
      { replayId: null, payload: { a: 1 } },
      { replayId: null, payload: undefined },
    ]);
  });

  it('are taken as a single message too', () => {
    expect(readMessages('{"channel":"/meta/connect","successful":true}')).toHaveLength(1);
  });

  it.each(['', '<html></html>', '[]', 'null', '[{"errorCode":"INVALID_SESSION_ID"}]'])('are none: %s', (text) => {
    expect(readMessages(text)).toBeNull();
  });
});

describe('a subscription', () => {
  it('asks for what is new when there is no place to go on from', () => {
    expect(JSON.parse(subscribeMessage('c', channel, null))).toEqual([
      expect.objectContaining({ subscription: channel, ext: { replay: { [channel]: -1 } } }),
    ]);
  });
});
