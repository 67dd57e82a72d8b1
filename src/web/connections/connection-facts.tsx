import type { Connection } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** Whose account it is, how it signs in, and when what happened. */
export function ConnectionFacts({ connection }: { readonly connection: Connection }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { calls, connected } = connection;
  const when = (iso: string | null) => (iso === null ? say('connections.notYet') : format.moment(iso));
  const byWhom = (at: string | null, by: string | null) =>
    at === null || by === null ? null : say('connections.connectedBy', { at: format.moment(at), by });
  return (
    <Facts
      facts={[
        [say('connections.account'), connection.accountId],
        [say('connections.signIn'), sayOf('signInWay', connection.signIn)],
        [say('connections.connectedAt'), byWhom(connection.connectedAt, connection.connectedBy)],
        [say('connections.disconnectedAt'), byWhom(connection.disconnectedAt, connection.disconnectedBy)],
        [say('connections.reason'), connection.disconnectReason],
        [say('connections.redirectUrl'), connection.redirectUrl],
        [say('connections.provisioned'), when(connection.provisionedAt)],
        [
          say('connections.lastSignal'),
          connection.lastSignalAt === null ? say('connections.noSignal') : format.moment(connection.lastSignalAt),
        ],
        [say('connections.swept'), when(connection.sweptAt)],
        [say('connections.fullRead'), when(connection.fullReadAt)],
        [say('connections.examined'), when(connection.examinedAt)],
        [
          say('connections.calls'),
          calls === null
            ? say('connections.callsUntold')
            : say('connections.callsUsed', {
                used: format.number(String(calls.used)),
                limit: format.number(String(calls.limit)),
                at: format.moment(calls.seenAt),
              }),
        ],
        ...(connected ? feedFacts(connection, { say, sayOf, moment: format.moment }) : []),
      ]}
    />
  );
}

type Words = Pick<ReturnType<typeof useWords>, 'say' | 'sayOf'> & { readonly moment: (iso: string) => string };

function feedFacts(
  { crm, changeFeed }: Connection,
  { say, sayOf, moment }: Words,
): readonly (readonly [string, string | null])[] {
  if (changeFeed === null) {
    return [[say('connections.feed'), say(crm === 'hubspot' ? 'connections.webhooks' : 'connections.sweepOnly')]];
  }
  const { state, since, detail } = changeFeed;
  const standing = say('connections.feedSince', { state: sayOf('feedState', state), since: moment(since) });
  return [
    [say('connections.feed'), standing],
    [say('connections.feedDetail'), detail],
  ];
}
