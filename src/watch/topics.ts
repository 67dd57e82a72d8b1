/** The name of reading deals in the list of problems. */
export const readDealsWork = 'read-deals';

/** The name of asking what changed, in the same list. Another than the work's own, whose problems close when it goes on. */
export const readChangesWork = 'read-changes';

/** What wakes one of the two readers of a connection: that of won deals, which needs their history, or that of all others. */
export function dealReaderTopic(connectionId: string, history: boolean): string {
  return `${history ? 'read-won-deals' : readDealsWork}:${connectionId}`;
}

/** Both readers of a connection: who marks a deal as pending need not know which one will take it. */
export function dealReaderTopics(connectionId: string): readonly string[] {
  return [dealReaderTopic(connectionId, false), dealReaderTopic(connectionId, true)];
}
