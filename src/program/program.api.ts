import { z } from 'zod';
import { isTimeZone } from './calendar.js';
import { currency } from './currency.api.js';
import { formFields } from './form-field.api.js';
import { connectionRecords } from './new-records.api.js';
import { registrationTerms } from './registration-terms.api.js';
import { reviewFields } from './review.api.js';
import { isWebOrigin } from './web-origin.js';

const crmKind = z.enum(['hubspot', 'salesforce']);
const crmName = z.string().regex(/^[A-Za-z][A-Za-z0-9_.]{0,99}$/, {
  error: 'the name of a CRM field: a letter, then letters, digits, _ and dots, at most 100 characters',
});
const ourName = z.string().regex(/^[a-z][A-Za-z0-9_]{0,49}$/, {
  error: 'a name that begins with a small letter, then letters, digits and _, at most 50 characters',
});
const crmId = z.string().trim().min(1).max(100);
const sentence = z.string().trim().min(1).max(2000);

const timeZone = z.string().refine(isTimeZone, {
  error: 'Not a time zone.',
  params: { expected: 'a name of the IANA database, such as Europe/Berlin' },
});

const kept = z.int().min(1).max(36_500).nullable();

const crmRoute = z
  .strictObject({
    connection: crmId.meta({ description: 'Id of a connection, as the list of connections names it.' }),
    ...registrationTerms,
  })
  .meta({ id: 'CrmRoute' });

const webOrigin = z
  .string()
  .trim()
  .refine(isWebOrigin, { error: 'the origin of a site: https://, a host and no more, such as https://www.acme.com' });

const fields = {
  publicName: z.string().trim().min(1).max(200).meta({ description: 'How partners know the program.' }),
  timeZone: timeZone.meta({ description: 'Decides on which day something happened.', example: 'Europe/Berlin' }),
  protectionDays: z.int().min(1).max(3650).meta({ description: 'Days from approval, the last one included.' }),
  ...reviewFields,
  reviewBusinessDays: z.int().min(1).max(60).meta({ description: 'Within how many working days to decide.' }),
  creditWhen: z.enum(['approved', 'submitted']).meta({
    description: 'What a registration must have been when the deal was won, for its partner to be credited.',
  }),
  wonDate: z.enum(['stage-history', 'close-date']).meta({
    description:
      'Which date says when a deal was won: the entry into the won stage, or what people typed as close date.',
  }),
  defaultCurrency: currency.nullable().meta({
    description: 'Currency of a deal whose CRM record names none; null: such a deal is flagged.',
  }),
  knownCurrencies: z.array(currency).min(1).max(300).nullable().meta({
    description: 'Currencies that commission is credited in; null: all of ISO 4217. A deal in another one is flagged.',
  }),
  fieldMap: z.partialRecord(crmKind, z.record(ourName, crmName)).meta({
    description: 'Per CRM: the names that plans use for CRM fields, and the fields they stand for.',
    example: { hubspot: { margin: 'deal_margin' } },
  }),
  newDealStages: z.partialRecord(crmKind, z.strictObject({ pipelineId: crmId, stageId: crmId })).meta({
    description: 'Per CRM: where new deals begin; left out: the first open stage of the first pipeline.',
  }),
  newRecords: z.record(crmId, connectionRecords).meta({
    description: 'Per connection: what registrations become there, and what the records say that are made for them.',
    example: { salesforce: { registrationsBecome: 'deal-where-company-known', lead: { owner: '00G8c000003XyZaEAK' } } },
  }),
  crmRoutes: z
    .array(crmRoute)
    .max(100)
    .meta({
      description:
        'Which connection a registration goes to: the first rule that fits. A rule fits when each field it names has one of the listed values; without any rule that fits, the oldest connection.',
      example: [{ connection: 'salesforce', countries: ['US', 'CA'] }],
    }),
  planApproval: z.enum(['one', 'two']).meta({
    description: 'How many keys have to agree before a plan is in force: with two, storing one makes a proposal.',
  }),
  applications: z.enum(['open', 'closed']).meta({
    description: 'Whether companies can apply to become partners on the public page `/apply`.',
  }),
  disputeBusinessDays: z.int().min(1).max(60).meta({
    description: 'Within how many working days disputes of partners are answered.',
  }),
  missingCommissionDays: z.int().min(0).max(3650).meta({
    description:
      'How many days after a protection ran out a win on its contact or company is shown as one that may be owed.',
  }),
  embedOrigins: z
    .array(webOrigin)
    .max(50)
    .meta({
      description: 'Origins of the sites that may show the form of a lead in a frame, by the tag of `/embed.js`.',
      example: ['https://www.acme.com'],
    }),
  changesAfterWin: z
    .strictObject({
      amount: z.enum(['accept', 'hold']),
      closeDate: z.enum(['accept', 'hold']),
      registrationId: z.enum(['accept', 'restore']),
      // Came later than the others: settings that were stored without it keep their meaning.
      partner: z.enum(['accept', 'restore']).default('restore'),
    })
    .meta({
      description:
        'What follows when somebody changes a field of a won deal in the CRM: accept, and commission is adjusted; hold, and the value before counts until somebody decides; restore, and ours is written back.',
    }),
  registrationNeedsAgreement: z.boolean().meta({
    description: 'Whether a partner registers only after an owner accepted the partner agreement in force.',
  }),
  retention: z
    .strictObject({
      rejectedRegistrationsDays: kept.meta({ description: 'Of registrations that were rejected or withdrawn.' }),
      expiredRegistrationsDays: kept.meta({ description: 'Of registrations whose protection ran out.' }),
      applicationsDays: kept.meta({ description: 'Of applications that were decided on.' }),
      mailsDays: kept.meta({ description: 'Of mail that was sent: to whom, and its subject.' }),
    })
    .meta({
      description:
        'After how many days contact details are erased by themselves; null: never. What a registration was about stays, without its contact.',
    }),
  attestation: sentence.meta({ description: 'What a partner confirms when it registers a lead.' }),
  formFields: formFields.meta({
    description: 'Your own fields in the form of a lead, in the order in which it asks.',
    example: [{ name: 'seats', type: 'number', label: 'How many seats?', required: true }],
  }),
};

/** The program's settings as they are stored. */
export const programSettings = z.object(fields);
export type ProgramSettings = z.output<typeof programSettings>;

const revision = z.int().min(0).meta({ description: 'Rises by one with each change.' });
const updatedAt = z.iso.datetime().nullable();

/** The settings on the wire. */
export const program = z.object({ ...fields, revision, updatedAt }).meta({ id: 'Program' });

/** What `PUT` takes: an answer of `GET` can be edited and sent back as it is. */
export const programChange = z
  .strictObject({
    ...z.strictObject(fields).partial().shape,
    revision: revision.optional().meta({
      description: 'The revision you started from: the change is refused when somebody else made one since.',
    }),
    updatedAt: updatedAt.optional().meta({ description: 'Ignored.' }),
  })
  .meta({ id: 'ProgramChange' });
export type ProgramChange = z.output<typeof programChange>;
