import type { CrmLeads, CrmMatch } from '../../connectors/contract.js';
import { beginsAsLead } from '../../src/sync/begins-as-lead.handler.js';

const prospect = { company: { name: 'Acme', domain: 'acme.com', country: null }, email: 'ida@acme.com' };
const unasked = () => Promise.reject(new Error('nobody should ask that'));
const leads: CrmLeads = { limit: 1, ensureLead: unasked, readLeads: unasked, writeBack: unasked };

type Asked = Parameters<typeof beginsAsLead>;
type Match = Pick<CrmMatch, 'objectType' | 'matchedBy'>;

function crm(matches: readonly Match[] | null, hasLeads = true): Asked[0] {
  const findMatches = () =>
    matches === null
      ? Promise.reject(new Error('nobody should search'))
      : Promise.resolve(matches.map((match) => ({ crmId: '1', label: 'Acme', deal: null, ...match })));
  return { leads: hasLeads ? leads : null, findMatches };
}

const link = (begun: Partial<Asked[1]> = {}): Asked[1] => ({
  ...{ lead_started_at: null, deal_started_at: null, crm_contact_id: null },
  ...begun,
});
const at = new Date(0);

describe('a registration begins as a lead', () => {
  it.each([
    ['where the CRM has leads and nothing is said', crm(null), link(), undefined, true],
    ['where that is said', crm(null), link(), 'lead', true],
    ['never where the CRM has none', crm(null, false), link(), 'lead', false],
    ['not where it is to be a deal', crm(null), link(), 'deal', false],
    ['where an attempt began one, whatever is said by now', crm(null), link({ lead_started_at: at }), 'deal', true],
    ['not where an attempt began a deal', crm(null), link({ deal_started_at: at }), 'lead', false],
    ['not where an attempt made the contact of a deal', crm(null), link({ crm_contact_id: 'c1' }), 'lead', false],
  ] as const)('%s', async (_, connector, begun, become, expected) => {
    expect(await beginsAsLead(connector, begun, prospect, become)).toBe(expected);
  });

  it.each([
    ['unless the company is known by its domain', [{ objectType: 'company', matchedBy: 'domain' }], false],
    ['unless it is known by its contact', [{ objectType: 'company', matchedBy: 'email' }], false],
    ['where another one is only called the same', [{ objectType: 'company', matchedBy: 'name' }], true],
    ['where only a contact is known', [{ objectType: 'contact', matchedBy: 'email' }], true],
    ['where nothing is known', [], true],
  ] as const)('%s, if known companies are to get a deal', async (_, matches, expected) => {
    expect(await beginsAsLead(crm(matches), link(), prospect, 'deal-where-company-known')).toBe(expected);
  });
});
