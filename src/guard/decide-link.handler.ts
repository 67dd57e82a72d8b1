import type { CrmKind, DealAround } from '../../connectors/contract.js';
import { assertDefined } from '../platform/assert.js';
import { openProblems, openProblemsAbout, resolveProblems } from '../platform/problems.store.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { lockDeal, lockProspect } from '../registration/prospect.store.js';
import { findRegistration, lockRegistration, type RegistrationRow } from '../registration/registration.store.js';
import { ensureDeals, linksOfRegistrations, type CrmLinkRow } from '../sync/crm-link.store.js';
import { guardLinkWork } from '../sync/guard-work.js';
import { findDealStates } from '../watch/deal-state.store.js';
import { markPending } from '../watch/pending-deal.store.js';
import { dealReaderTopics } from '../watch/topics.js';
import { alarmProblem, conversionGuard, type Alarm } from './alarm.js';
import { needOf, type Need } from './guarded.js';
import { judgeLink, type Candidate } from './judge-link.js';
import { unlinkedDeals } from './link-move.store.js';
import { keepOpen, proposalsOf } from './link-proposal.store.js';
import { moveLink } from './move-link.handler.js';
import { neighboursOf, takenDeals } from './neighbours.handler.js';

interface Case {
  readonly registration: RegistrationRow;
  readonly link: CrmLinkRow;
  readonly crm: CrmKind;
  readonly need: Extract<Need, { kind: 'look' }>;
}

/** Judges what was read around a registration, as it stands now, and writes what follows, all of it or nothing. */
export async function decideLink(
  uow: UnitOfWork,
  registrationId: string,
  crm: CrmKind,
  around: readonly DealAround[],
): Promise<void> {
  const found = await findRegistration(uow.trx, registrationId);
  if (found === undefined) return;
  await lockProspect(uow.trx, found);
  const registration = assertDefined(
    await lockRegistration(uow.trx, registrationId),
    'a registration is never removed',
  );
  const [link] = await linksOfRegistrations(uow.trx, [registrationId]);
  const state = (await findDealStates(uow.trx, [link?.deal_id ?? ''])).get(link?.deal_id ?? '')?.state ?? null;
  const need = needOf(registration, link, state);
  if (link === undefined || need.kind === 'over' || need.kind === 'arriving') return;
  if (need.kind === 'lead-open') return standEasy(uow, registrationId);
  await judge(uow, { registration, link, crm, need }, around);
}

async function judge(uow: UnitOfWork, subject: Case, around: readonly DealAround[]): Promise<void> {
  const { registration, link, need } = subject;
  const neighbours = await neighboursOf(uow, link, around);
  const judgement = judgeLink(
    {
      own: need.own,
      submittedAt: registration.submitted_at,
      pushedAt: link.created_at,
      amount: registration.amount,
      currency: registration.currency,
    },
    neighbours,
  );
  switch (judgement.kind) {
    case 'move':
      return moveTo(uow, subject, judgement.candidate);
    case 'propose':
      return propose(uow, subject, judgement.candidates);
    case 'keep':
      return keep(uow, subject);
  }
}

async function moveTo(uow: UnitOfWork, { link, crm }: Case, { around }: Candidate): Promise<void> {
  const { crmDealId } = around.deal;
  const dealIds = await ensureDeals(uow.trx, { id: link.connection_id, crm }, [crmDealId], uow.now);
  const dealId = assertDefined(dealIds.get(crmDealId), 'a deal just ensured has an id');
  await lockDeal(uow.trx, dealId);
  if ((await takenDeals(uow, link.registration_id, [dealId])).has(dealId)) {
    // A person gave it to another registration while the lock was waited for: it is no longer certain.
    await uow.enqueue([{ kind: guardLinkWork, key: link.registration_id }]);
    return;
  }
  const reason = 'certain: its own deal is gone, and this is the only one made on its contact since';
  await moveLink(uow, { link, dealId, actor: { kind: 'system' }, reason, proposalId: null });
}

async function propose(uow: UnitOfWork, { link, crm }: Case, candidates: readonly Candidate[]): Promise<void> {
  const { registration_id: registrationId, connection_id: connectionId } = link;
  const crmDealIds = candidates.map(({ around }) => around.deal.crmDealId);
  const dealIds = await ensureDeals(uow.trx, { id: connectionId, crm }, crmDealIds, uow.now);
  const proposed = candidates.map(({ around: { deal }, evidence, likelihood }) => ({
    dealId: assertDefined(dealIds.get(deal.crmDealId), 'a deal just ensured has an id'),
    likelihood,
    evidence: {
      ...evidence,
      deal: {
        name: deal.name,
        stage: deal.stageLabel ?? deal.stageId,
        amount: deal.amount,
        currency: deal.currency,
        createdAt: deal.createdAt,
      },
    },
  }));
  const opened = await keepOpen(uow.trx, registrationId, proposed, uow.now);
  if (opened > 0) {
    // From now on it is a deal of ours: whoever accepts it finds its history.
    const hints = crmDealIds.map((crmDealId) => ({ connectionId, crmDealId, stageHint: null }));
    await markPending(uow.trx, hints, uow.now);
    dealReaderTopics(connectionId).forEach(uow.wake);
  }
  await raise(uow, registrationId, { kind: 'proposed', candidates }, opened > 0);
}

/** Nothing is proposed. A lead that came to nothing is still a person's business, unless somebody has looked at it. */
async function keep(uow: UnitOfWork, { link, need }: Case): Promise<void> {
  const id = link.registration_id;
  const decided = (await proposalsOf(uow.trx, [id])).some((proposal) => proposal.status === 'rejected');
  const unlinked = (await unlinkedDeals(uow.trx, id)).length > 0;
  if ((need.own !== 'none' && !need.leadDeleted) || decided || unlinked) return standEasy(uow, id);
  await keepOpen(uow.trx, id, [], uow.now);
  await raise(uow, id, { kind: need.leadDeleted ? 'lead-deleted' : 'converted-without-deal' }, false);
}

async function standEasy(uow: UnitOfWork, registrationId: string): Promise<void> {
  await keepOpen(uow.trx, registrationId, [], uow.now);
  await resolveProblems(uow.trx, conversionGuard, [registrationId], uow.now);
}

/** Calls a person once for what is there: the same facts looked at again are no news. */
async function raise(uow: UnitOfWork, registrationId: string, alarm: Alarm, isNews: boolean): Promise<void> {
  const problem = alarmProblem(registrationId, alarm);
  const [open] = await openProblemsAbout(uow.trx, conversionGuard, [registrationId]);
  if (isNews || open === undefined || open.title !== problem.title) await openProblems(uow.trx, [problem], uow.now);
}
