import { z } from 'zod';

const count = z.int().nonnegative();

/** How much waits for the vendor's people, by where it is done. */
export const deskCountsShape = z
  .object({
    registrations: count.meta({ description: 'Registrations that wait for an answer.' }),
    problems: count.meta({ description: 'Problems that are open.' }),
    disputes: count.meta({ description: 'Disputes that wait for your answer.' }),
    missingCommissions: count.meta({ description: 'Wins that look introduced and that nobody is credited for.' }),
    changesAfterWin: count.meta({ description: 'Changes about won deals that wait for a decision.' }),
    linkProposals: count.meta({ description: 'Deals that may be a registration’s.' }),
    mails: count.nullable().meta({ description: 'Mail that waits; null without the right `people:manage`.' }),
  })
  .meta({ id: 'DeskCounts' });
