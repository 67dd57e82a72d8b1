import 'jsforce/lib/api/soap.js';
import { CrmFailure, type CrmAccount } from '../contract.js';
import { keepAnswer, type Kept } from './kept-answer.js';
import type { OrgAccess } from './org-access.js';
import { queryRows } from './queries.js';
import { textOf } from './row-values.js';
import type { Schema } from './schema.js';
import { names, soql } from './soql.js';

/** The organisation's own currency; `null` where it cannot be learnt. */
export type HomeCurrency = Kept<string | null>;

const lifeMs = 6 * 3_600_000;

/**
 * Records say their currency only where an organisation has several; everywhere else it is the organisation's own, which no REST
 * resource tells (BEHAVIOR.md, "One currency is told nowhere").
 */
export function createHomeCurrency(access: OrgAccess, schema: Schema): HomeCurrency {
  return keepAnswer(async () => {
    const many = (await schema.object('Opportunity'))?.field('CurrencyIsoCode') !== undefined;
    return many ? corporateCurrency(access) : ((await currencyOverSoap(access)) ?? currencyOfRecord(access, schema));
  }, lifeMs);
}

async function corporateCurrency({ call }: OrgAccess): Promise<string | null> {
  const query = soql`SELECT Id, IsoCode FROM CurrencyType WHERE IsCorporate = true LIMIT 1`;
  const [row] = await queryRows(call, 'read the currency', { soql: query });
  return row === undefined ? null : textOf(row, 'IsoCode');
}

/** What SOAP says; it refuses some kinds of session. */
async function currencyOverSoap({ connect }: OrgAccess): Promise<string | null> {
  try {
    const connection = await connect();
    const { orgDefaultCurrencyIsoCode: code } = await connection.soap.getUserInfo();
    return typeof code === 'string' && /^[A-Z]{3}$/.test(code) ? code : null;
  } catch (error) {
    // The library throws errors of its own; those of the contract mean that we are not let in at all.
    if (error instanceof CrmFailure) throw error;
    return null;
  }
}

/** Some organisations show it on their own record. Where not, the program's default currency says what deals are in. */
async function currencyOfRecord({ call }: OrgAccess, schema: Schema): Promise<string | null> {
  const [field] = await schema.visible('Organization', ['DefaultCurrencyIsoCode']);
  if (field === undefined) return null;
  const [row] = await queryRows(call, 'read the currency', {
    soql: soql`SELECT Id, ${names([field])} FROM Organization LIMIT 1`,
  });
  return row === undefined ? null : textOf(row, field);
}

/** Who answers: the organisation's id and its currency. @throws the failures of a call */
export async function readAccount(access: OrgAccess, currency: HomeCurrency): Promise<CrmAccount> {
  const query = soql`SELECT Id FROM Organization LIMIT 1`;
  const [row] = await queryRows(access.call, 'read the organisation', { soql: query });
  return { accountId: row === undefined ? null : textOf(row, 'Id'), currency: await currency.get() };
}
