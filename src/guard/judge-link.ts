import type { DealAround } from '../../connectors/contract.js';
import { evidenceOf, likelihoodOf, type Evidence, type Promised } from './evidence.js';

/**
 * How a registration's own deal stands. `none`: sellers converted its lead without making one. `gone`: deleted or not to be
 * found.
 */
export type OwnDeal = 'none' | 'open' | 'lost' | 'gone';

/** The registration whose credit is guarded. */
export interface Guarded extends Promised {
  readonly pushedAt: Date;
  readonly submittedAt: Date;
  readonly own: OwnDeal;
}

/** A deal that stands on the registration's contact or company, and is not its own. */
export interface Neighbour {
  readonly around: DealAround;
  /** Another registration that stands is linked to it. */
  readonly taken: boolean;
  /** A person said that it is not this registration's. */
  readonly rejected: boolean;
  /** It was this registration's before, or lost to another deal when a person chose. */
  readonly passedOver: boolean;
  /** It stands on a contact or company of another watched registration, too. */
  readonly contested: boolean;
}

export interface Candidate {
  readonly around: DealAround;
  readonly evidence: Evidence;
  readonly likelihood: number;
}

export type Judgement =
  /** Nothing may be meant in place of the registration's own deal. */
  | { readonly kind: 'keep' }
  /** Nothing else can be meant: the registration has no deal any more, and this one was made in its place. */
  | { readonly kind: 'move'; readonly candidate: Candidate }
  /** A person has to say. The likeliest first. */
  | { readonly kind: 'propose'; readonly candidates: readonly Candidate[] };

/** More than anybody would read. */
const mostCandidates = 10;

/**
 * Whether a registration's deal is another one by now. It is certain only when its own is gone or never was, and exactly one deal
 * that was made after the push stands on its contact, which nobody else could claim.
 */
export function judgeLink(guarded: Guarded, neighbours: readonly Neighbour[]): Judgement {
  const candidates = neighbours
    .filter((neighbour) => isCandidate(guarded, neighbour))
    .map((neighbour): Candidate => {
      const evidence = evidenceOf(neighbour.around, guarded, neighbour.contested);
      return { around: neighbour.around, evidence, likelihood: likelihoodOf(evidence) };
    })
    .sort(likeliestFirst);
  if (candidates.length === 0) return { kind: 'keep' };
  const certain = certainOne(guarded, candidates);
  return certain === null
    ? { kind: 'propose', candidates: candidates.slice(0, mostCandidates) }
    : { kind: 'move', candidate: certain };
}

function isWithout({ own }: Guarded): boolean {
  return own === 'none' || own === 'gone';
}

function isCandidate(guarded: Guarded, { around, taken, rejected, passedOver }: Neighbour): boolean {
  const { deal } = around;
  if (taken || rejected || deal.outcome === 'lost') return false;
  if (isWithout(guarded)) return isFresh(guarded, around) || deal.outcome === 'open';
  return !passedOver && isFresh(guarded, around);
}

/** Made since the registration was submitted. What was there before is what the reviewer saw. */
function isFresh({ submittedAt }: Guarded, { deal }: DealAround): boolean {
  return deal.createdAt === null || Date.parse(deal.createdAt) >= submittedAt.getTime();
}

function certainOne(guarded: Guarded, candidates: readonly Candidate[]): Candidate | null {
  // Older deals of a big customer's company are no rivals of one on the very contact.
  const rivals = candidates.filter(({ around, evidence }) => evidence.sameContact || isFresh(guarded, around));
  const [only] = rivals;
  if (!isWithout(guarded) || only === undefined || rivals.length > 1) return null;
  const { sameContact, contested } = only.evidence;
  const { createdAt } = only.around.deal;
  const madeAfterPush = createdAt !== null && Date.parse(createdAt) >= guarded.pushedAt.getTime();
  return sameContact && !contested && madeAfterPush ? only : null;
}

function likeliestFirst(a: Candidate, b: Candidate): number {
  return b.likelihood - a.likelihood || (newness(b) < newness(a) ? -1 : 1);
}

function newness({ around: { deal } }: Candidate): string {
  return `${deal.createdAt ?? ''} ${deal.crmDealId}`;
}
