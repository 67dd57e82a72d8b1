import { accessPersonalData } from '../access/access-personal-data.js';
import { auditPersonalData } from '../audit/audit-personal-data.js';
import { creditingPersonalData } from '../crediting/crediting-personal-data.js';
import { guardPersonalData } from '../guard/guard-personal-data.js';
import { ledgerPersonalData } from '../ledger/ledger-personal-data.js';
import { noticesPersonalData } from '../notices/notices-personal-data.js';
import { partnersPersonalData } from '../partners/partners-personal-data.js';
import { payoutsPersonalData } from '../payouts/payouts-personal-data.js';
import { plansPersonalData } from '../plans/plans-personal-data.js';
import type { PersonalTable } from '../platform/personal-data.js';
import { platformPersonalData } from '../platform/platform-personal-data.js';
import { programPersonalData } from '../program/program-personal-data.js';
import { registrationPersonalData } from '../registration/registration-personal-data.js';
import { repViewPersonalData } from '../rep-view/rep-view-personal-data.js';
import { syncPersonalData } from '../sync/sync-personal-data.js';
import { watchPersonalData } from '../watch/watch-personal-data.js';

const ownPersonalData: readonly PersonalTable[] = [
  {
    table: 'disputes',
    key: ['id'],
    about: ['registration_id', 'line_id'],
    leadsTo: 'id',
    columns: {
      id: 'nobody',
      partner_id: 'nobody',
      line_id: 'nobody',
      registration_id: 'nobody',
      deal_named: 'words',
      reason: 'words',
      links: 'json',
      status: 'nobody',
      opened_by: 'nobody',
      settled_by: 'nobody',
      outcome: 'words',
      decision_id: 'nobody',
    },
  },
  {
    table: 'dispute_messages',
    key: ['id'],
    about: ['dispute_id'],
    columns: { id: 'nobody', dispute_id: 'nobody', side: 'nobody', author: 'nobody', text: 'words' },
  },
  {
    table: 'erasures',
    key: ['id'],
    columns: {
      id: 'nobody',
      contact_key: 'nobody',
      cause: 'nobody',
      requested_by: 'nobody',
      requested_by_name: 'nobody',
      erased: 'nobody',
      certificate: 'nobody',
    },
  },
];

/** Every table and what it holds of people, in the order in which one leads to the next. A test holds it against the schema. */
export const personalData: readonly PersonalTable[] = [
  ...syncPersonalData,
  ...guardPersonalData,
  ...creditingPersonalData,
  ...ownPersonalData,
  ...registrationPersonalData,
  ...watchPersonalData,
  ...partnersPersonalData,
  ...noticesPersonalData,
  ...platformPersonalData,
  ...auditPersonalData,
  ...accessPersonalData,
  ...plansPersonalData,
  ...programPersonalData,
  ...ledgerPersonalData,
  ...payoutsPersonalData,
  ...repViewPersonalData,
];
