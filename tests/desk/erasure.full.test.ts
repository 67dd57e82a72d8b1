import { sql } from 'kysely';
import { judgeDocument } from '../../src/platform/signed-document.js';
import { eachDatabase } from '../support/databases.js';
import { partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { address, leaveTraces, phone, prospect, traces } from './erasure-traces.js';
import { linesWith, wholeDatabase } from '../support/whole-database.js';

interface Erasure {
  readonly id: string;
  readonly cause: string;
  readonly erased: Readonly<Record<string, number>>;
  readonly certificate: Readonly<Record<string, unknown>>;
}

interface PersonExport {
  readonly held: readonly { readonly table: string; readonly records: readonly unknown[] }[];
}

eachDatabase('the erasure of a contact', (open) => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;
  let wonDealId: string;
  const ids: Record<string, string> = {};

  const register = async (state: string, who = partner): Promise<string> => {
    const { id } = await who.api.post<{ id: string }>('/api/v1/registrations', {
      company: prospect.company,
      contact: { ...prospect.contact, phone },
      deal: { product: state, amount: '500.00', currency: 'EUR', name: `Talks with Zoltanka Wrzesniewska, ${state}` },
      note: `Ask for Mrs Wrzesniewska, ${phone.replaceAll(' ', '')}, at ${address}.`,
      fields: { assistant: 'Wrzesniewska junior', direct: '030 5550 1234', seats: 25 },
      attestation: true,
    });
    ids[state] = id;
    return id;
  };
  const decide = (id: string, action: string, body: object) =>
    service.operator.post(`/api/v1/registrations/${id}/${action}`, body);
  const erase = () =>
    service.operator.send<Erasure>('POST', '/api/v1/erasures', { email: ` ${address.toUpperCase()}`.trim() });
  const statusOf = async (state: string) => (await program.registration(ids[state] ?? '')).status;

  beforeAll(async () => {
    service = await startRunningService({ open });
    program = partnerProgram(service);
    await service.operator.put('/api/v1/program', {
      defaultCurrency: 'EUR',
      formFields: [
        { name: 'assistant', type: 'text', label: 'Who helps?' },
        { name: 'direct', type: 'phone', label: 'Direct line' },
        { name: 'seats', type: 'number', label: 'Seats' },
      ],
    });
    await program.writeStandardPlan();
    partner = await program.addPartner();
    await everyState();
    await leaveTraces({ service, partner, ids });
    await service.settled();
  });
  afterAll(() => service.close());

  async function everyState(): Promise<void> {
    await decide(await register('won'), 'approve', { reason: 'Zoltanka Wrzesniewska confirmed it' });
    await decide(await register('open-deal'), 'approve', { reason: 'fine' });
    await service.settled();
    const { dealId, crm } = await program.registration(ids.won ?? '');
    wonDealId = dealId ?? '';
    service.hubspot.person.moveDeal(crm?.crmDealId ?? '', 'closedwon');
    await service.settled();
    // The CRM keeps its own records: deals named after her are renamed there, or the next read brings the name back.
    const openDeal = await program.registration(ids['open-deal'] ?? '');
    for (const id of [crm?.crmDealId, openDeal.crm?.crmDealId]) {
      service.hubspot.person.updateRecord('deals', id ?? '', { dealname: 'Talks' });
    }
    await decide(await register('rejected'), 'reject', { reason: `We asked ${address}.`, code: 'other' });
    await decide(await register('returned'), 'return', { reason: 'Is Wrzesniewska the right person?' });
    await partner.api.post(`/api/v1/registrations/${await register('withdrawn')}/withdraw`, {
      reason: 'Wrzesniewska left',
    });
    await register('in-review');
    await service.settled();
    const rival = await program.addPartner();
    const behind = await register('open-deal', rival);
    await decide(behind, 'approve', { reason: 'second' });
    ids.waiting = behind;
  }

  it('finds her in many places before, which is what the search of the whole database proves itself by', async () => {
    const tables = new Set(linesWith(await wholeDatabase(service.db), traces).map((line) => line.split(':')[0]));
    expect([...tables]).toEqual(
      expect.arrayContaining([
        ...['registrations', 'registration_contacts', 'mails', 'problems', 'work', 'audit_log', 'disputes'],
        ...['dispute_messages', 'partner_applications', 'idempotency_keys'].slice(0, 2),
      ]),
    );
  });

  it('is told before what is held, from every place, and that she was looked up is in the audit log without her address', async () => {
    const { held } = await service.operator.post<PersonExport>('/api/v1/person-exports', { email: address });
    const tables = new Set(held.map(({ table }) => table));
    for (const table of [
      'registration_contacts',
      'registrations',
      'mails',
      'problems',
      'dispute_messages',
      'audit_log',
    ]) {
      expect(tables).toContain(table);
    }
    expect(JSON.stringify(held)).toContain('Wrzesniewska junior');
    const { items } = await service.operator.get<{ items: readonly object[] }>('/api/v1/audit?action=contact.export');
    expect(items).toHaveLength(1);
    expect(linesWith([JSON.stringify(items)], traces)).toEqual([]);
  });

  it('leaves everything as it was where the process ends in the middle, and the next request does it all', async () => {
    const before = linesWith(await wholeDatabase(service.db), traces).length;
    await sql`
      create function die_here() returns trigger language plpgsql as $$ begin raise exception 'died'; end $$`.execute(
      service.db,
    );
    await sql`create trigger die_here before insert on erasures for each row execute function die_here()`.execute(
      service.db,
    );
    expect((await erase()).status).toBe(500);
    expect(linesWith(await wholeDatabase(service.db), traces)).toHaveLength(before);
    await sql`drop trigger die_here on erasures`.execute(service.db);
    await sql`drop function die_here()`.execute(service.db);
  });

  it('leaves neither address, name nor phone anywhere in the database', async () => {
    const answer = await erase();
    expect(answer.status).toBe(201);
    expect(answer.body.erased).toMatchObject({
      registration_contacts: expect.any(Number),
      mails: 1,
      dispute_messages: 1,
    });
    ids.erasure = answer.body.id;
    await service.settled();
    expect(linesWith(await wholeDatabase(service.db), traces)).toEqual([]);
  });

  it('certifies it with a signature that anybody can verify, and names nobody', async () => {
    const { certificate } = await service.operator.get<Erasure>(`/api/v1/erasures/${ids.erasure ?? ''}`);
    const { items } = await service.operator.get<{ items: readonly { keyId: string; publicKey: string }[] }>(
      '/api/v1/signing-keys',
    );
    expect(judgeDocument(certificate, items)).toMatchObject({ kind: 'genuine' });
    expect(judgeDocument({ ...certificate, erased: {} }, items)).toMatchObject({ kind: 'altered' });
    expect(certificate).toMatchObject({ cause: 'request', contactKey: expect.stringMatching(/^erased:[0-9a-f]{64}$/) });
  });

  it('ends claims that still stand, except those whose deal is in the CRM, and keeps what was earned', async () => {
    for (const state of ['returned', 'in-review', 'waiting']) {
      expect([state, await statusOf(state)]).toEqual([state, 'withdrawn']);
    }
    expect(await statusOf('won')).toBe('won');
    expect(await statusOf('rejected')).toBe('rejected');
    expect(await program.book({ dealId: wonDealId })).toEqual(['commission 50.00 EUR']);
    const ofWon = await service.operator.get<{ contact: unknown; fields: readonly { text: string }[] }>(
      `/api/v1/registrations/${ids.won ?? ''}`,
    );
    expect(ofWon.contact).toBeNull();
    expect(ofWon.fields.map(({ text }) => text)).toEqual(['[erased]', '[erased]', '25']);
  });

  it('asked for again finds nothing and answers with the first certificate', async () => {
    const again = await erase();
    expect(again).toMatchObject({ status: 200, body: { id: ids.erasure } });
    const { items } = await service.operator.get<{ items: readonly Erasure[] }>('/api/v1/erasures');
    expect(items).toHaveLength(1);
  });

  it('is recognised when the same address is registered again, which only the reviewer is told', async () => {
    const answer = await partner.api.post<object>('/api/v1/registrations', {
      ...prospect,
      deal: { product: 'Something new' },
      attestation: true,
    });
    expect(JSON.stringify(answer)).not.toContain('erasure');
    const { id } = answer as { readonly id: string };
    const { conflicts } = await service.operator.get<{ conflicts: readonly object[] }>(`/api/v1/registrations/${id}`);
    expect(conflicts).toContainEqual(
      expect.objectContaining({
        source: 'erasure',
        reference: ids.erasure,
        label: expect.stringMatching(/^This contact was erased on \d{4}-\d\d-\d\d at request$/),
      }),
    );
    const second = await erase();
    expect(second.status).toBe(201);
    expect(linesWith(await wholeDatabase(service.db), traces)).toEqual([]);
  });

  it.each(['viewer', 'channel manager'])('is not for a key without the right, such as a %s', async (name) => {
    const { key } = await service.operator.post<{ key: string }>('/api/v1/api-keys', {
      name,
      rights: ['registrations:decide'],
    });
    for (const path of ['/api/v1/erasures', '/api/v1/person-exports']) {
      expect((await service.as(key).send('POST', path, { email: address })).status).toBe(403);
    }
  });

  it('is refused while the address is a partner’s own, with what to do first', async () => {
    const other = await program.addPartner();
    const { email } = await service.operator.get<{ email: string }>(`/api/v1/partners/${other.id}`);
    const answer = await service.operator.send('POST', '/api/v1/erasures', { email });
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ field: 'email' }] } });
    expect(JSON.stringify(answer.body)).toContain(`give ${other.id} another address first`);
  });

  it('changes no row of the book, and of rows that are kept for ever only the words that may name somebody', async () => {
    const { db } = service;
    const inErasure = (statement: string) =>
      db.transaction().execute(async (trx) => {
        await sql`select set_config('introducer.erasing', 'on', true)`.execute(trx);
        await sql.raw(statement).execute(trx);
      });
    await expect(inErasure(`update journal_entries set memo = 'x'`)).rejects.toThrow('append-only');
    await expect(inErasure(`update commission_lines set explanation = '{}'`)).rejects.toThrow('append-only');
    await expect(inErasure(`update audit_log set action = 'x'`)).rejects.toThrow('append-only');
    await expect(inErasure('delete from audit_log')).rejects.toThrow('append-only');
    await expect(sql`update audit_log set details = '{}'`.execute(db)).rejects.toThrow('append-only');
  });
});
