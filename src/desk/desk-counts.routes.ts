import { countOpenMissing } from '../guard/missing-commission.store.js';
import { countOpenProposals } from '../guard/link-proposal.store.js';
import { countWaitingMails } from '../notices/mail.store.js';
import type { OperatorActor } from '../platform/actor.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { countOpenProblems } from '../platform/problems.store.js';
import { countAwaiting } from '../registration/review.store.js';
import { countOpenChanges } from '../watch/change-after-win.store.js';
import { deskCountsShape } from './desk-counts.api.js';
import { countDueDisputes } from './dispute.store.js';

/** What the menu shows beside where work waits. Each figure is counted in an index of what is open, so it costs as much as waits. */
export function deskCountRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/desk-counts',
      access: 'operator',
      kind: 'read',
      summary: 'How much waits for the vendor’s people',
      description: 'Only of what whoever asks may read: mail is counted with the right `people:manage`.',
      tags: ['Desk'],
      responses: { 200: deskCountsShape },
      handle: async ({ db, actor }) => {
        const problems = await countOpenProblems(db);
        return {
          status: 200,
          body: {
            registrations: await countAwaiting(db),
            problems: [...problems.values()].reduce((sum, count) => sum + count, 0),
            disputes: await countDueDisputes(db),
            missingCommissions: await countOpenMissing(db),
            changesAfterWin: await countOpenChanges(db),
            linkProposals: await countOpenProposals(db),
            mails: mayReadMail(actor) ? await countWaitingMails(db) : null,
          },
        };
      },
    }),
  ];
}

function mayReadMail({ rights }: OperatorActor): boolean {
  return rights?.includes('people:manage') ?? true;
}
