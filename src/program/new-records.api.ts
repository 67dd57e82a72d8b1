import { z } from 'zod';

/** What a registration says, that a field of the CRM may be filled with. */
export const registrationFacts = [
  'partner',
  'product',
  'note',
  'dealName',
  'amount',
  'currency',
  'expectedCloseDate',
  'companyDomain',
  'country',
  'protectedUntil',
] as const;
export type RegistrationFact = (typeof registrationFacts)[number];

const field = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,99}$/, {
  error: 'the name of a CRM field: a letter, then letters, digits and _, at most 100 characters',
});

const record = z
  .strictObject({
    owner: z.string().trim().min(1).max(100).optional().meta({
      description: 'Id of the user, or of the queue where the CRM has them, that gets the record.',
    }),
    values: z.record(field, z.string().trim().min(1).max(1000)).optional().meta({
      description: 'What each new record says in these fields of the CRM: required ones, picklists, a record type.',
    }),
    facts: z.record(field, z.enum(registrationFacts)).optional().meta({
      description: 'Fields of the CRM that are filled from the registration; before `values`, where it says something.',
    }),
  })
  .meta({ id: 'NewRecordSettings' });

/** How registrations go into one connection. */
export const connectionRecords = z
  .strictObject({
    registrationsBecome: z.enum(['lead', 'deal', 'deal-where-company-known']).optional().meta({
      description:
        'A lead, where the CRM has them; a deal with its contact and company at once; or a deal on a company that the CRM has already, and else a lead. Left out: a lead where the CRM has them, else a deal.',
    }),
    allowDuplicates: z.boolean().optional().meta({
      description: "Save although the CRM's own rules warn of a duplicate; left out: set aside with their words.",
    }),
    lead: record.optional(),
    deal: record.optional(),
    company: record.optional(),
    contact: record.optional(),
  })
  .meta({ id: 'ConnectionRecords' });
export type ConnectionRecords = z.output<typeof connectionRecords>;
