import type { Day } from '../program/calendar.js';

/** What plans may tell partners apart by. */
export interface PartnerTerms {
  readonly type: string;
  readonly tier: string | null;
  readonly tags: readonly string[];
}

/** Terms that hold from a day on, until the next day that has others. */
export interface DatedTerms extends PartnerTerms {
  readonly since: Day;
}

/** What a change gives; what it leaves out stays as it was. */
export type TermsChange = { readonly [Field in keyof PartnerTerms]?: PartnerTerms[Field] | undefined };

/** Since when a new partner's terms hold, so that they do for every deal won before it was entered. */
export const beginning = '0001-01-01' as Day;

/** The terms that hold on a day; null before the first. @param terms oldest first */
export function termsOn(terms: readonly DatedTerms[], day: Day): DatedTerms | null {
  return terms.findLast(({ since }) => since <= day) ?? null;
}

/** The terms after a change; null where it changes nothing. */
export function changedTerms(before: PartnerTerms, change: TermsChange): PartnerTerms | null {
  const after: PartnerTerms = {
    type: change.type ?? before.type,
    tier: change.tier === undefined ? before.tier : change.tier,
    tags: change.tags ?? before.tags,
  };
  return isSame(before, after) ? null : after;
}

function isSame(a: PartnerTerms, b: PartnerTerms): boolean {
  const sameTags = a.tags.length === b.tags.length && a.tags.every((tag, index) => tag === b.tags[index]);
  return a.type === b.type && a.tier === b.tier && sameTags;
}
