import type { PlanFault } from '../../plans/plan-faults.js';
import { faultAt, repeated, unknownId, type FindFaults } from './scenario-fault.js';
import type { ScenarioDocument } from './scenario-document.js';

type Lists = 'partners' | 'deals' | 'registrations' | 'payments' | 'refunds' | 'decisions';
type Named = { readonly list: Lists; readonly index: number; readonly id: string };

const of = {
  deal: 'the id of a deal of the scenario',
  rule: 'the id of a rule of the plans, with what follows a / where it is a part of it',
} as const;

/** Every id is that of one thing, and whatever names a thing names one that is there. */
export const faultsOfIds: FindFaults = (document, lineOf) => {
  const { registrations, decisions, expect } = document;
  const deals = { ids: document.deals.map(({ id }) => id), of: of.deal };
  const rules = { ids: rulesOf(document), of: of.rule };
  return [
    ...repeatedIds(document).map(({ list, index, id }) =>
      faultAt(lineOf, [list, index, 'id'], id, `an id that no other ${nounOf(list)} has`),
    ),
    ...registrations.flatMap(({ deal, history = [] }, index) => [
      ...unknownId(lineOf, ['registrations', index, 'deal'], deal, deals),
      ...history.flatMap((step, at) =>
        unknownId(lineOf, ['registrations', index, 'history', at, 'deal'], step.deal, deals),
      ),
    ]),
    ...decisions.flatMap(({ deal }, index) => unknownId(lineOf, ['decisions', index, 'deal'], deal, deals)),
    ...decisions.flatMap(({ set, rule }, index): readonly PlanFault[] => {
      if (set === undefined || rules.ids.includes(rule?.split('/')[0] ?? '')) return [];
      return unknownId(lineOf, ['decisions', index, 'rule'], rule, rules);
    }),
    ...(expect?.lines ?? []).flatMap(({ deal }, index) =>
      unknownId(lineOf, ['expect', 'lines', index, 'deal'], deal, deals),
    ),
    ...(expect?.flags ?? []).flatMap(({ deal }, index) =>
      unknownId(lineOf, ['expect', 'flags', index, 'deal'], deal, deals),
    ),
  ];
};

/** Payments and refunds share their ids; what has none written down is called by its place. */
function repeatedIds({ partners, deals, registrations, payments, refunds, decisions }: ScenarioDocument) {
  const named = (list: Lists, things: readonly { readonly id?: string | undefined }[], noun: string): Named[] =>
    things.map(({ id }, index) => ({ list, index, id: id ?? `${noun}-${String(index + 1)}` }));
  const groups = [
    named('partners', partners, 'partner'),
    named('deals', deals, 'deal'),
    named('registrations', registrations, 'registration'),
    [...named('payments', payments, 'payment'), ...named('refunds', refunds, 'refund')],
    named('decisions', decisions, 'decision'),
  ];
  return groups.flatMap((group) => repeated(group, ({ id }) => id).map(({ one }) => one));
}

function nounOf(list: Lists): string {
  return list === 'payments' || list === 'refunds' ? 'payment or refund' : list.slice(0, -1);
}

function rulesOf({ plans }: ScenarioDocument): readonly string[] {
  return plans.flatMap((entry) => ('terms' in entry ? entry.terms : entry).rules.map(({ id }) => id));
}
