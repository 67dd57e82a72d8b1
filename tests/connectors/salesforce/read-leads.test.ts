import { readLeads, readLeadsSize } from '../../../connectors/salesforce/read-leads.js';
import { answerComposites, answerQueries, createReading } from './recorded-org.js';

const leadId = '00Q5f00000AbCdEEAV';
const otherId = '00Q5f00000AbCdFEAV';
const contactId = '0035f00000AbCdEAAV';
const accountId = '0015f00000AbCdEAAV';
const dealId = '0065f00000UloqVAAR';
const lead = {
  Id: leadId,
  IsDeleted: false,
  MasterRecordId: null,
  IsConverted: false,
  ConvertedContactId: null,
  ConvertedAccountId: null,
  ConvertedOpportunityId: null,
};
const converted = { ...lead, IsConverted: true, ConvertedContactId: contactId, ConvertedAccountId: accountId };

describe('a Lead', () => {
  const read = async (row: object | null, id = leadId) => {
    answerQueries({ Lead: row === null ? [] : [row] });
    return readLeads(createReading().call, [id]);
  };

  it.each([
    ['that nobody touched is open', lead, { kind: 'open' }],
    [
      'that was converted leads to its opportunity',
      { ...converted, ConvertedOpportunityId: dealId },
      { kind: 'converted', contactId, companyId: accountId, dealId },
    ],
    [
      'that was converted without an opportunity still tells contact and account',
      converted,
      { kind: 'converted', contactId, companyId: accountId, dealId: null },
    ],
    [
      'that was thrown away after its conversion is converted all the same',
      { ...converted, ConvertedOpportunityId: dealId, IsDeleted: true },
      { kind: 'converted', contactId, companyId: accountId, dealId },
    ],
    [
      'that was merged leads to the one that survived',
      { ...lead, IsDeleted: true, MasterRecordId: otherId },
      { kind: 'moved', survivorId: otherId },
    ],
    ['that was deleted may come back', { ...lead, IsDeleted: true }, { kind: 'deleted' }],
    ['that left the recycle bin is missing', null, { kind: 'missing' }],
  ])('%s', async (_, row, expected) => {
    expect(await read(row)).toEqual([{ requestedId: leadId, ...expected }]);
  });

  it('is known by its short id, and what is no Lead is missing and is not asked for', async () => {
    expect(await read(lead, leadId.slice(0, 15))).toEqual([{ kind: 'open', requestedId: leadId.slice(0, 15) }]);
    const { call } = createReading();
    expect(await readLeads(call, [dealId, 'no-id'])).toEqual([
      { kind: 'missing', requestedId: dealId },
      { kind: 'missing', requestedId: 'no-id' },
    ]);
  });

  it('is one of as many as a connector asks for, in one call', async () => {
    const calls = answerComposites({ Lead: [lead] });
    const ids = Array.from({ length: readLeadsSize }, (_, index) => `00Q5f0000${String(index).padStart(6, '0')}`);
    expect(await readLeads(createReading().call, ids)).toHaveLength(readLeadsSize);
    expect(calls.map((queries) => queries.length)).toEqual([5]);
  });
});
