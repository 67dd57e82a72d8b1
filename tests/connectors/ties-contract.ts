import { registrableDomain } from '../../src/registration/matching.js';
import type { CrmConnector } from '../../connectors/contract.js';
import type { CrmUnderTest, StartCrm } from './crm-under-test.js';

export function describeTies(start: StartCrm): void {
  let under: CrmUnderTest;
  let connector: CrmConnector;
  let stageId: string;
  beforeEach(async () => {
    under = await start();
    connector = under.connect();
    stageId = (await connector.stages()).find((stage) => stage.outcome === 'open')!.id;
  });
  afterEach(() => under.close());

  const addCustomer = (name: string) => ({
    contactId: under.crm.addContact({ email: `ida@${name}.com` }),
    companyId: under.crm.addCompany({ name, domain: `${name}.com` }),
  });
  const addDeal = (name: string, ties: { contactId?: string; companyId?: string } = {}) =>
    under.crm.addDeal({ name, stageId, ...ties });

  it('tells the contacts and companies of many deals, with the same few calls however many they are', async () => {
    const { contactId, companyId } = addCustomer('acme');
    const both = addDeal('both', { contactId, companyId });
    const ofCompany = addDeal('of the company', { companyId });
    const ofNobody = addDeal('of nobody');
    const others = Array.from({ length: 200 }, (_, index) => addDeal(`Other ${String(index)}`));
    under.crm.resetCalls();
    const ties = await connector.tiesOfDeals([both, ofCompany, ofNobody]);
    const callsForThree = under.crm.calls();
    const byDeal = new Map(ties.map((one) => [one.crmDealId, one]));
    expect(byDeal.get(both)).toMatchObject({ contactIds: [contactId], companyIds: [companyId] });
    expect(byDeal.get(ofCompany)).toMatchObject({ contactIds: [], companyIds: [companyId] });
    expect(byDeal.get(ofNobody) ?? { contactIds: [], companyIds: [] }).toMatchObject({
      contactIds: [],
      companyIds: [],
    });
    under.crm.resetCalls();
    await connector.tiesOfDeals([both, ...others].slice(0, connector.limits.tiesOfDeals));
    expect(under.crm.calls()).toBe(callsForThree);
  });

  it('finds the deals of a customer at once, however late the search is', async () => {
    under.crm.setSearchLag(60_000);
    const { contactId, companyId } = addCustomer('acme');
    const stranger = addCustomer('globex');
    addDeal('of somebody else', stranger);
    const ofContact = addDeal('of the contact', { contactId });
    const ofCompany = addDeal('of the company', { companyId });
    const binned = addDeal('thrown away', { contactId, companyId });
    under.crm.archiveDeal(binned);
    const around = await connector.dealsAround({ contactIds: [contactId], companyIds: [companyId] });
    expect(
      around.map(({ deal, contactIds, companyIds }) => [deal.crmDealId, deal.name, contactIds, companyIds]).toSorted(),
    ).toEqual(
      [
        [ofContact, 'of the contact', [contactId], []],
        [ofCompany, 'of the company', [], [companyId]],
      ].toSorted(),
    );
  });

  it('tells by which addresses customers are known, however they are typed', async () => {
    const { contactId, companyId } = addCustomer('acme');
    const others = Array.from({ length: 120 }, (_, index) => addCustomer(`other${String(index)}`));
    const { contacts, companies } = await connector.addressesOf({
      contactIds: [contactId, contactId, ...others.map((one) => one.contactId)],
      companyIds: [companyId, ...others.map((one) => one.companyId)],
    });
    expect([contacts.size, companies.size]).toEqual([121, 121]);
    expect(contacts.get(contactId)).toEqual(['ida@acme.com']);
    expect(companies.get(companyId)?.map((text) => registrableDomain(text))).toEqual(['acme.com']);
    const none = await connector.addressesOf({ contactIds: ['999999999'], companyIds: [] });
    expect([none.contacts.size, none.companies.size]).toEqual([0, 0]);
  });

  it('finds nothing where nothing is', async () => {
    expect(await connector.tiesOfDeals([])).toEqual([]);
    expect(await connector.dealsAround({ contactIds: [], companyIds: [] })).toEqual([]);
    expect(await connector.dealsAround({ contactIds: ['999999999'], companyIds: ['999999999'] })).toEqual([]);
  });
}
