import { faultAt, repeated, type FindFaults } from './scenario-fault.js';

/** What is told twice, so that nobody can say which of the two counts. */
export const faultsOfRepeats: FindFaults = ({ deals, registrations, partners, metrics, rates }, lineOf) => [
  ...deals.flatMap(({ partner, partners: shares }, index) =>
    partner === undefined || shares === undefined
      ? []
      : [faultAt(lineOf, ['deals', index, 'partner'], partner, 'partner or partners, one of them')],
  ),
  ...deals.flatMap(({ id, partner }, index) => {
    const place = registrations.findIndex((one) => one.deal === id && one.partner === partner);
    if (place < 0) return [];
    const expected = `no \`partner\`: registrations[${String(place)}] says when it registered the deal`;
    return [faultAt(lineOf, ['deals', index, 'partner'], partner, expected)];
  }),
  ...partners.flatMap(({ history = [] }, index) =>
    repeated(history, ({ since }) => since).map(({ one, index: step }) =>
      faultAt(lineOf, ['partners', index, 'history', step, 'since'], one.since, 'a day that no other change has'),
    ),
  ),
  ...repeated(metrics, ({ partner, name, period, knownOn = '' }) => [partner, name, period, knownOn].join(' ')).map(
    ({ one, index }) =>
      faultAt(
        lineOf,
        ['metrics', index, 'period'],
        one.period,
        'a metric that was not told before, or `knownOn` later',
      ),
  ),
  ...repeated(rates, ({ base, day, knownOn = '' }) => `${base} ${day} ${knownOn}`).map(({ one, index }) =>
    faultAt(
      lineOf,
      ['rates', index, 'day'],
      one.day,
      `a day that no other rates of ${one.base} have, or \`knownOn\` later`,
    ),
  ),
];
