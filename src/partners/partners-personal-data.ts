import type { PersonalTable } from '../platform/personal-data.js';

/** What is held of partners and of those who asked to become one. */
export const partnersPersonalData: readonly PersonalTable[] = [
  {
    table: 'partners',
    key: ['id'],
    columns: {
      id: 'nobody',
      name: 'title',
      // Of a company: an erasure asks for another one first.
      email: 'themselves',
      recruited_by: 'nobody',
      payout_currency: 'nobody',
      status: 'nobody',
      personal_token: 'nobody',
    },
  },
  {
    table: 'partner_terms',
    key: ['id'],
    columns: {
      partner_id: 'nobody',
      type: 'nobody',
      tier: 'nobody',
      tags: 'nobody',
      recorded_by: 'nobody',
      reason: 'words',
      recorded_by_name: 'nobody',
    },
  },
  {
    table: 'partner_metrics',
    key: ['id'],
    columns: { partner_id: 'nobody', name: 'nobody', period: 'nobody', recorded_by: 'nobody' },
  },
  {
    table: 'partner_applications',
    key: ['id'],
    about: ['id'],
    columns: {
      id: 'nobody',
      company_name: 'title',
      website: 'nobody',
      company_key: 'themselves',
      country: 'nobody',
      contact_name: 'themselves',
      contact_email: 'themselves',
      type: 'nobody',
      message: 'words',
      status: 'nobody',
      partner_id: 'nobody',
      reason: 'words',
      decided_by: 'nobody',
    },
  },
  {
    table: 'partner_application_repeats',
    key: ['id'],
    about: ['id', 'application_id'],
    columns: {
      id: 'nobody',
      application_id: 'nobody',
      company_name: 'title',
      contact_name: 'themselves',
      contact_email: 'themselves',
      message: 'words',
    },
  },
  {
    table: 'agreement_versions',
    key: ['version'],
    columns: { text: 'nobody', note: 'nobody', content_hash: 'nobody', published_by: 'nobody' },
  },
  {
    table: 'agreement_acceptances',
    key: ['partner_id', 'version'],
    columns: { partner_id: 'nobody', content_hash: 'nobody', person_id: 'nobody' },
  },
];
