/** Kinds of the standing work of a connection; each row puts itself back into the diary. Key: connection id. */
export const sweepWork = 'sweep';
export const fullReadWork = 'full-read';

/** The name of reading deals in the list of problems. */
export const readDealsWork = 'read-deals';

/** The name of asking what changed, in the same list. Another than the work's own, whose problems close when it goes on. */
export const readChangesWork = 'read-changes';

/** The name of listening to what the CRM tells by itself, in the same list. */
export const changeFeedWork = 'change-feed';

/** The name of that telling anything, in the same list. */
export const silentFeedWork = 'silent-feed';

/** What wakes one of the two readers of a connection: that of won deals, which needs their history, or that of all others. */
export function dealReaderTopic(connectionId: string, history: boolean): string {
  return `${history ? 'read-won-deals' : readDealsWork}:${connectionId}`;
}

/** Both readers of a connection: who marks a deal as pending need not know which one will take it. */
export function dealReaderTopics(connectionId: string): readonly string[] {
  return [dealReaderTopic(connectionId, false), dealReaderTopic(connectionId, true)];
}

/** What makes the processes look whether a connection's feed is to be listened to. */
export function changeFeedTopic(connectionId: string): string {
  return `${changeFeedWork}:${connectionId}`;
}
/** The name of what keeps a whole connection's views from being complete, in the list of problems. */
export const showViewWork = 'show-view';

/** Kind of the work that writes our own fields back that somebody changed in the CRM. Key: our deal id. */
export const restoreStampWork = 'restore-stamp';
