/** `superseded`: the facts made it needless, or a person chose another deal. */
export const proposalStatuses = ['open', 'accepted', 'rejected', 'superseded'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];
