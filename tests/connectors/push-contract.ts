import { CrmGone } from '../../connectors/contract.js';
import type { CrmUnderTest, Mishap, Peculiarity, StartCrm } from './crm-under-test.js';
import { acme, contactOf, plainRecord, push, pushUntilDone, stampFor, type Pushed } from './push-registration.js';

/** More writes than any connector needs for one registration. */
const mostWrites = 15;

/** Exactly one of each, stamped and tied together. */
function expectOneOfEach({ crm }: CrmUnderTest, pushed: Pushed): void {
  const [contacts, companies, deals] = [crm.records('contact'), crm.records('company'), crm.records('deal')];
  expect(contacts.map((record) => [record.id, record.registrationId])).toEqual([
    [pushed.contactId, acme.registrationId],
  ]);
  expect(companies.map((record) => [record.id, record.registrationId])).toEqual([
    [pushed.companyId, acme.registrationId],
  ]);
  expect(deals.map((record) => [record.id, record.registrationId])).toEqual([[pushed.dealId, acme.registrationId]]);
  expect(companies[0]?.tiedTo.contact).toEqual([pushed.contactId]);
  expect(deals[0]?.tiedTo).toMatchObject({ contact: [pushed.contactId], company: [pushed.companyId] });
  expect(deals[0]?.partner).toBe('Northwind Partners');
}

export function describePush(start: StartCrm, lacks: readonly Peculiarity[]): void {
  let under: CrmUnderTest;
  beforeEach(async () => {
    under = await start();
  });
  afterEach(() => under.close());

  it('provisions our fields once, and a second time changes nothing', async () => {
    const second = await under.connect().provision();
    expect(second.created).toEqual([]);
    expect(second.existing.length).toBeGreaterThan(7);
  });

  it('makes contact, company and deal, stamped with the registration and tied together', async () => {
    const pushed = await push(under.connect(), acme, false);
    expectOneOfEach(under, pushed);
    const [reading] = await under.connect().readDeals([pushed.dealId], { history: true });
    expect(reading).toMatchObject({
      kind: 'found',
      deal: {
        crmDealId: pushed.dealId,
        name: 'Acme Robotics rollout',
        outcome: 'open',
        amount: expect.stringMatching(/^12000\.50?$/),
        currency: 'EUR',
        closeDate: '2026-12-31',
        registrationId: acme.registrationId,
      },
    });
  });

  it('makes nothing a second time while search has not caught up', async () => {
    under.crm.setSearchLag(600_000);
    const first = await push(under.connect(), acme, false);
    const second = await push(under.connect(), acme, true);
    expect(second).toEqual(first);
    expectOneOfEach(under, first);
  });

  const mishaps: readonly Mishap[] = ['answer-lost', 'never-arrived', 'hangs', 'server-error', 'rate-limited'];
  it.each(mishaps)('makes each record once when any write meets: %s', async (mishap) => {
    let writes = 0;
    for (let struck = true; struck && writes < mostWrites; writes += 1) {
      const fresh = await start();
      fresh.crm.setSearchLag(600_000);
      const hasStruck = fresh.crm.spoilWrite(writes, mishap);
      const pushed = await pushUntilDone(() => fresh.connect(mishap === 'hangs' ? { timeoutMs: 500 } : {}), acme);
      expectOneOfEach(fresh, pushed);
      struck = hasStruck();
      await fresh.close();
    }
    // The last round met no mishap, so every write of a push had its turn.
    expect(writes).toBeGreaterThan(4);
    expect(writes).toBeLessThan(mostWrites);
  });

  it('leaves the stage alone that a rep moved the deal to before the retry', async () => {
    const connector = under.connect();
    const { dealId } = await push(connector, acme, false);
    const later = (await connector.stages()).filter((stage) => stage.outcome === 'open')[1];
    under.crm.moveDeal(dealId, later!.id);
    await push(under.connect(), acme, true);
    const [reading] = await connector.readDeals([dealId], { history: false });
    expect(reading).toMatchObject({ deal: { stageId: later!.id } });
  });

  it('uses the contact that is there, and stamps it only if nobody did', async () => {
    const known = under.crm.addContact({ email: acme.email });
    under.crm.catchUpSearch();
    const connector = under.connect();
    expect(await connector.ensureContact(contactOf(acme))).toEqual({ crmId: known, created: false });
    const second = { ...acme, registrationId: 'reg_second' };
    expect(await connector.ensureContact(contactOf(second))).toEqual({ crmId: known, created: false });
    expect(under.crm.records('contact').map((record) => record.registrationId)).toEqual([acme.registrationId]);
  });

  if (!lacks.includes('additional-addresses')) {
    it('uses the contact that is there, by its main or an additional address, and stamps it only if nobody did', async () => {
      const main = under.crm.addContact({ email: acme.email });
      const additional = under.crm.addContact({
        email: 'old@acme.test',
        additionalEmails: ['jane.doe@acme-robotics.test'],
      });
      under.crm.catchUpSearch();
      const connector = under.connect();
      expect(await connector.ensureContact(contactOf(acme))).toEqual({ crmId: main, created: false });
      const other = { ...acme, registrationId: 'reg_second', email: 'jane.doe@acme-robotics.test' };
      expect(await connector.ensureContact(contactOf(other))).toEqual({ crmId: additional, created: false });
      expect(await connector.ensureContact(contactOf({ ...acme, registrationId: 'reg_third' }))).toMatchObject({
        crmId: main,
      });
      const stamps = under.crm.records('contact').map((record) => record.registrationId);
      expect(stamps.toSorted()).toEqual([acme.registrationId, 'reg_second']);
    });

    it('uses the contact with that additional address although search has not caught up', async () => {
      under.crm.setSearchLag(600_000);
      const additional = under.crm.addContact({ email: 'old@acme.test', additionalEmails: [acme.email] });
      expect(await under.connect().ensureContact(contactOf(acme))).toEqual({ crmId: additional, created: false });
      expect(under.crm.records('contact')).toHaveLength(1);
    });
  }

  it('uses the company of the same domain that is there', async () => {
    const companyId = under.crm.addCompany({ name: 'ACME', domain: acme.domain });
    under.crm.catchUpSearch();
    const pushed = await push(under.connect(), acme, false);
    expect(pushed.companyId).toBe(companyId);
    expect(under.crm.records('company')).toHaveLength(1);
    expect(under.crm.records('company')[0]?.tiedTo.contact).toEqual([pushed.contactId]);
  });

  it('finds the company of a colleague by the tie, before search knows it', async () => {
    under.crm.setSearchLag(600_000);
    const connector = under.connect();
    const first = await push(connector, acme, false);
    const colleague = { ...acme, registrationId: 'reg_colleague', email: 'joe@acme-robotics.test' };
    const contact = await connector.ensureContact(contactOf(colleague));
    const company = await connector.ensureCompany({
      registrationId: colleague.registrationId,
      company: { name: 'Acme', domain: acme.domain, country: null },
      contactId: contact.crmId,
      anchorContactIds: [first.contactId],
      record: plainRecord,
    });
    expect(company).toEqual({ crmId: first.companyId, created: false });
    expect(under.crm.records('company')[0]?.tiedTo.contact.toSorted()).toEqual(
      [first.contactId, contact.crmId].toSorted(),
    );
  });

  it('does not take a free-mail prospect for another company of the same name', async () => {
    under.crm.addCompany({ name: acme.companyName, domain: 'acme-elsewhere.test' });
    under.crm.catchUpSearch();
    const lead = { ...acme, domain: null, email: 'acme.robotics@gmail.com' };
    const first = await push(under.connect(), lead, false);
    const second = await push(under.connect(), lead, true);
    expect(second).toEqual(first);
    expect(under.crm.records('company')).toHaveLength(2);
  });

  it('attaches to an open deal that is there, and says when it is gone', async () => {
    const connector = under.connect();
    const stageId = (await connector.stages()).find((stage) => stage.outcome === 'open')!.id;
    const crmDealId = under.crm.addDeal({ name: 'Their own deal', stageId });
    const { crmId: contactId } = await connector.ensureContact(contactOf(acme));
    const request = { registrationId: acme.registrationId, crmDealId, contactId, companyId: null };
    await connector.attachDeal({ ...request, stamp: stampFor(acme.registrationId) });
    await connector.attachDeal({ ...request, stamp: stampFor(acme.registrationId) });
    const [deal] = under.crm.records('deal');
    expect(deal).toMatchObject({
      registrationId: acme.registrationId,
      name: 'Their own deal',
      tiedTo: { contact: [contactId] },
    });
    under.crm.archiveDeal(crmDealId);
    await expect(connector.attachDeal({ ...request, stamp: stampFor(acme.registrationId) })).rejects.toThrow(CrmGone);
  });

  it('finds the same customer by address, domain and name, with its open and won deals', async () => {
    const connector = under.connect();
    const stages = await connector.stages();
    const stageOf = (outcome: string) => stages.find((stage) => stage.outcome === outcome)!.id;
    const companyId = under.crm.addCompany({ name: 'Acme', domain: acme.domain });
    const namesake = under.crm.addCompany({ name: acme.companyName, domain: 'namesake.test' });
    const contactId = under.crm.addContact({ email: acme.email });
    const open = under.crm.addDeal({ name: 'Open', stageId: stageOf('open'), companyId });
    const won = under.crm.addDeal({ name: 'Won', stageId: stageOf('won'), contactId });
    under.crm.addDeal({ name: 'Lost', stageId: stageOf('lost'), companyId });
    under.crm.catchUpSearch();
    const company = { name: acme.companyName, domain: acme.domain, country: null };
    const matches = await connector.findMatches({ company, email: acme.email });
    const seen = matches.map(({ objectType, crmId, matchedBy, deal }) => [objectType, crmId, matchedBy, deal?.outcome]);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['contact', contactId, 'email', undefined],
        ['company', companyId, 'domain', undefined],
        ['company', namesake, 'name', undefined],
        ['deal', open, 'domain', 'open'],
        ['deal', won, 'email', 'won'],
      ]),
    );
  });
}
