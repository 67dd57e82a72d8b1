import { z } from 'zod';
import type { LeadConversion } from '../org/convert-lead.js';
import { convertLead } from '../org/convert-lead.js';
import { mergeRecords } from '../org/merge-records.js';
import type { Org } from '../org/org.js';
import { OrgFault } from '../org/org-fault.js';
import { undeleteRecord } from '../org/record-lifecycle.js';
import type { WriteContext } from '../org/write-context.js';
import type { XmlElement, XmlValue } from './xml.js';
import { child, textOf, toPlain, toXml } from './xml.js';

export interface SoapWorld {
  readonly org: Org;
  readonly userId: string;
  /** Runs one row in a transaction of its own; what throws leaves nothing behind. */
  readonly write: <T>(act: (context: WriteContext) => T) => T;
}

/** Answers one operation with the XML of its result. */
export type SoapOperation = (world: SoapWorld, operation: XmlElement) => string;

const mostConversions = 100;

function rowError({ errorCode, message, fields }: OrgFault): XmlValue {
  return { fields, message, statusCode: errorCode };
}

type Row = Readonly<Record<string, XmlValue>>;

/** One `<result>` for each row: a row that fails does not stop the others. */
function eachRow<T>(rows: readonly T[], act: (row: T) => Row, onFailure: (row: T) => Row): string {
  return rows
    .map((row) => {
      try {
        return toXml('result', { ...act(row), success: true });
      } catch (error) {
        if (!(error instanceof OrgFault)) throw error;
        return toXml('result', { errors: rowError(error), ...onFailure(row), success: false });
      }
    })
    .join('');
}

const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((value) => value === 'true');
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const leadConvert = z.looseObject({
  leadId: z.string(),
  convertedStatus: z.string(),
  accountId: optionalText,
  contactId: optionalText,
  opportunityId: optionalText,
  opportunityName: optionalText,
  ownerId: optionalText,
  doNotCreateOpportunity: flag,
  overwriteLeadSource: flag,
});

function readConversion(element: XmlElement): LeadConversion {
  const parsed = leadConvert.safeParse(toPlain(element));
  if (parsed.success) return parsed.data;
  throw new OrgFault(500, 'REQUIRED_FIELD_MISSING', z.prettifyError(parsed.error));
}

const convert: SoapOperation = ({ org, write }, operation) => {
  const asked = operation.children.filter(({ name }) => name === 'leadConverts').map(readConversion);
  if (asked.length > mostConversions) {
    throw new OrgFault(
      500,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${mostConversions} records into this call`,
    );
  }
  return eachRow(
    asked,
    (row) => ({ ...write((context) => convertLead(org, context, row)), relatedPersonAccountId: null }),
    ({ leadId }) => ({ accountId: null, contactId: null, leadId, opportunityId: null, relatedPersonAccountId: null }),
  );
};

function valuesOf(record: XmlElement | undefined): Readonly<Record<string, string>> {
  const fields = (record?.children ?? []).filter(({ name }) => !['type', 'Id', 'fieldsToNull'].includes(name));
  return Object.fromEntries(fields.map(({ name, text }) => [name, text]));
}

const merge: SoapOperation = ({ org, write }, operation) => {
  const requests = operation.children.filter(({ name }) => name === 'mergeRequests' || name === 'request');
  return eachRow(
    requests,
    (request) => {
      const master = child(request, 'masterRecord');
      const loserIds = request.children.filter(({ name }) => name === 'recordToMergeIds').map(({ text }) => text);
      const asked = { masterId: textOf(master, 'Id') ?? '', loserIds, values: valuesOf(master) };
      const { id, mergedIds, movedIds } = write((context) => mergeRecords(org, context, asked));
      return { id, mergedRecordIds: mergedIds, updatedRelatedIds: movedIds };
    },
    (request) => ({ id: textOf(child(request, 'masterRecord'), 'Id') ?? null }),
  );
};

const undelete: SoapOperation = ({ org, write }, operation) => {
  const ids = operation.children.filter(({ name }) => name === 'ids').map(({ text }) => text);
  return eachRow(
    ids,
    (id) => {
      write((context) => undeleteRecord(org, context, id));
      return { id };
    },
    (id) => ({ id }),
  );
};

const serverTime: SoapOperation = ({ org }) => toXml('result', { timestamp: new Date(org.now()).toISOString() });

/** The only place that tells an org's currency where it has one; where it has several, the user's is told instead. */
const userInfo: SoapOperation = ({ org, userId }) => {
  const user = org.records.find(userId)?.values ?? {};
  const { multiCurrency, corporateCurrency } = org.settings;
  return toXml('result', {
    orgDefaultCurrencyIsoCode: multiCurrency ? null : corporateCurrency,
    organizationId: org.id,
    organizationMultiCurrency: multiCurrency,
    organizationName: org.records.find(org.id)?.values.Name,
    userDefaultCurrencyIsoCode: multiCurrency ? user.DefaultCurrencyIsoCode : null,
    userEmail: user.Email,
    userFullName: user.Name,
    userId,
    userName: user.Username,
    userTimeZone: 'UTC',
    userType: user.UserType,
  });
};

/** What `/services/Soap/u` knows. */
export const partnerOperations: Readonly<Record<string, SoapOperation>> = {
  convertLead: convert,
  merge,
  undelete,
  getServerTimestamp: serverTime,
  getUserInfo: userInfo,
};
