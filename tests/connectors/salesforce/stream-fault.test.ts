import type { BayeuxStep } from '../../../connectors/salesforce/stream-fault.js';
import { faultOf } from '../../../connectors/salesforce/stream-fault.js';

const replay =
  '400::The replayId {7} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.';

// Texts as in the facts sheet, section 5; the last ones are those of other Bayeux servers.
describe('what Salesforce refuses', () => {
  it.each<[BayeuxStep, string, string | undefined, string]>([
    ['subscribe', replay, undefined, 'position-expired'],
    ['connect', '403::Unknown client', 'handshake', 'client-forgotten'],
    ['subscribe', '403::Unknown client', 'handshake', 'client-forgotten'],
    ['handshake', '403::Handshake denied, 401::Authentication invalid', 'none', 'token-refused'],
    ['handshake', '403::Handshake denied', 'none', 'token-refused'],
    ['connect', '401::Authentication invalid', 'none', 'token-refused'],
    ['handshake', '403::Handshake denied, 403::Organization concurrent user limit exceeded', 'none', 'limited'],
    ['connect', '403::Organization total events daily limit exceeded', 'none', 'limited'],
    [
      'subscribe',
      '403::User not allowed to subscribe CDC without View All Data permissions',
      undefined,
      'not-entitled',
    ],
    ['subscribe', '403::Restricted channel', undefined, 'not-entitled'],
    [
      'subscribe',
      "400::The channel you requested to subscribe to doesn't exist {/data/X}",
      undefined,
      'no-such-channel',
    ],
    ['connect', '503::Server is too busy.  Try your request again later.', undefined, 'unavailable'],
    ['subscribe', '503::Server is too busy.  Try your request again later.', undefined, 'unavailable'],
    ['connect', '402::Unknown client', undefined, 'client-forgotten'],
    ['connect', 'something new', 'handshake', 'client-forgotten'],
    ['connect', 'something new', 'none', 'unavailable'],
  ])('at the %s with "%s" means what it means', (step, words, reconnect, fault) => {
    expect(faultOf(step, words, reconnect)).toBe(fault);
  });
});
