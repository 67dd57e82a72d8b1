import type { DeskCounts, Me } from '../api/shapes.js';
import type { WordKey } from '../words/catalogue.js';

export interface Destination {
  readonly path: string;
  readonly label: WordKey;
  /** What one must have been given to read it. */
  readonly right?: string;
  /** What of it waits. */
  readonly waiting?: keyof DeskCounts;
}

/** Destinations that belong together. */
export interface MenuSection {
  /** Null where a menu is short enough to need none. */
  readonly label: WordKey | null;
  readonly destinations: readonly Destination[];
}

/** Where each of the two can go, in the order of their work. */
export const menu: Readonly<Record<Me['kind'], readonly MenuSection[]>> = {
  operator: [
    {
      label: 'menu.desk',
      destinations: [
        { path: '/reviews', label: 'nav.reviews', waiting: 'registrations' },
        { path: '/overview', label: 'nav.overview' },
        { path: '/registrations', label: 'nav.registrations' },
        { path: '/partners', label: 'nav.partners' },
        { path: '/applications', label: 'nav.applications' },
        { path: '/disputes', label: 'nav.disputes', waiting: 'disputes' },
      ],
    },
    {
      label: 'menu.crm',
      destinations: [
        { path: '/problems', label: 'nav.problems', waiting: 'problems' },
        { path: '/links', label: 'nav.links', waiting: 'linkProposals' },
        { path: '/missing-commissions', label: 'nav.missing', waiting: 'missingCommissions' },
        { path: '/changes-after-win', label: 'nav.changes', waiting: 'changesAfterWin' },
        { path: '/connections', label: 'nav.connections' },
        { path: '/mapping', label: 'nav.mapping', right: 'program:change' },
      ],
    },
    {
      label: 'menu.money',
      destinations: [
        { path: '/commissions', label: 'nav.commissions' },
        { path: '/plans', label: 'nav.plans' },
        { path: '/journal', label: 'nav.journal' },
      ],
    },
    {
      label: 'menu.program',
      destinations: [
        { path: '/form', label: 'nav.form', right: 'program:change' },
        { path: '/agreement', label: 'nav.agreement' },
        { path: '/people', label: 'nav.people' },
        { path: '/mails', label: 'nav.mails', right: 'people:manage', waiting: 'mails' },
        { path: '/privacy', label: 'nav.privacy', right: 'contacts:erase' },
        { path: '/audit', label: 'nav.audit' },
        { path: '/my-mail', label: 'nav.myMail' },
      ],
    },
  ],
  partner: [
    {
      label: null,
      destinations: [
        { path: '/register', label: 'nav.register' },
        { path: '/registrations', label: 'nav.ownRegistrations' },
        { path: '/commissions', label: 'nav.commissions' },
        { path: '/disputes', label: 'nav.disputes' },
        { path: '/statement', label: 'nav.statement' },
        { path: '/plan', label: 'nav.plan' },
        { path: '/agreement', label: 'nav.agreement' },
        { path: '/people', label: 'nav.people' },
        { path: '/my-mail', label: 'nav.myMail' },
      ],
    },
  ],
};
