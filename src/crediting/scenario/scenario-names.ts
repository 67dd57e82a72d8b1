import { isSlipOf } from '../../plans/nearest.js';
import type { FieldPath } from '../../plans/field-path.js';
import { didYouMean } from '../../plans/slips.js';
import type { ScenarioDocument } from './scenario-document.js';
import { faultAt, type FindFaults } from './scenario-fault.js';

/** A place where a partner is named. */
interface Mention {
  readonly path: FieldPath;
  readonly name: string;
}

const expected = 'a partner of the scenario';

/**
 * A partner needs no words of its own, so a slip of the keyboard would make another one: a name that is not listed among the
 * `partners`, and is one letter away from one that is, is taken for a slip. What only speaks of partners has to mean one.
 */
export const faultsOfNames: FindFaults = (document, lineOf) => {
  const listed = document.partners.map(({ id }) => id);
  const [making, speaking] = [mentionsThatMake(document), mentionsThatSpeak(document)];
  const there = [...listed, ...making.map(({ name }) => name)];
  const slips = (mentions: readonly Mention[], names: readonly string[]) =>
    mentions.flatMap(({ path, name }) => {
      const meant = names.includes(name) ? undefined : names.find((other) => isSlipOf(name, other));
      return meant === undefined ? [] : [faultAt(lineOf, path, name, `${expected} (${didYouMean(meant)})`)];
    });
  const unpaid = document.payouts.flatMap(({ partner }, index) => {
    if (partner === undefined || there.includes(partner) || there.some((name) => isSlipOf(partner, name))) return [];
    return [faultAt(lineOf, ['payouts', index, 'partner'], partner, expected)];
  });
  return [...slips(making, listed), ...slips(speaking, there), ...unpaid];
};

/** What has a partner of this name be there. */
function mentionsThatMake(document: ScenarioDocument): readonly Mention[] {
  const { deals, registrations, partners, decisions } = document;
  return [
    ...deals.flatMap(({ partner, partners: shares }, index) => [
      ...mention(['deals', index, 'partner'], partner),
      ...keysOf(['deals', index, 'partners'], shares),
    ]),
    ...registrations.flatMap(({ partner, shares, history = [] }, index) => [
      ...mention(['registrations', index, 'partner'], partner),
      ...keysOf(['registrations', index, 'shares'], shares),
      ...history.flatMap((step, at) => keysOf(['registrations', index, 'history', at, 'shares'], step.shares)),
    ]),
    ...partners.flatMap(({ recruitedBy }, index) => mention(['partners', index, 'recruitedBy'], recruitedBy)),
    ...decisions.flatMap(({ partner }, index) => mention(['decisions', index, 'partner'], partner)),
    ...mentionsOfPlans(document),
  ];
}

function mentionsOfPlans({ plans }: ScenarioDocument): readonly Mention[] {
  return plans.flatMap((entry, index) => {
    const isDated = 'terms' in entry;
    const { for: whom, rules } = isDated ? entry.terms : entry;
    const place: FieldPath = ['plans', index, ...(isDated ? ['terms'] : [])];
    const meant = whom !== undefined && 'partner' in whom ? [whom.partner].flat() : [];
    return [
      ...meant.map((name) => ({ path: [...place, 'for', 'partner'], name })),
      ...rules.flatMap(({ split = [] }, rule) =>
        split.flatMap(({ partner }, part) =>
          partner === 'registrant' ? [] : mention([...place, 'rules', rule, 'split', part, 'partner'], partner),
        ),
      ),
    ];
  });
}

/** What says something of partners that are there. */
function mentionsThatSpeak({ metrics, payouts, expect }: ScenarioDocument): readonly Mention[] {
  return [
    ...metrics.flatMap(({ partner }, index) => mention(['metrics', index, 'partner'], partner)),
    ...payouts.flatMap(({ partner }, index) => mention(['payouts', index, 'partner'], partner)),
    ...(['lines', 'balances', 'payouts'] as const).flatMap((list) =>
      (expect?.[list] ?? []).flatMap(({ partner }, index) => mention(['expect', list, index, 'partner'], partner)),
    ),
  ];
}

function mention(path: FieldPath, name: string | undefined): readonly Mention[] {
  return name === undefined ? [] : [{ path, name }];
}

function keysOf(path: FieldPath, shares: Readonly<Record<string, string>> | undefined): readonly Mention[] {
  return Object.keys(shares ?? {}).map((name) => ({ path: [...path, name], name }));
}
