import { insertPerson } from '../../src/access/person.store.js';
import { addWorkingDays } from '../../src/program/work-calendar.js';
import { dayIn } from '../../src/program/calendar.js';
import { defaultProgram } from '../../src/program/program.js';
import { newId } from '../../src/platform/ids.js';
import { eachDatabase } from '../support/databases.js';
import {
  partnerProgram,
  type Introduction,
  type PartnerProgram,
  type TestPartner,
} from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Dispute {
  readonly id: string;
  readonly status: string;
  readonly dueOn: string | null;
  readonly settledBy: string | null;
  readonly outcome: string | null;
  readonly messages: readonly { readonly author: string | null; readonly text: string }[];
  readonly detail: string;
}

const hostile = '=HYPERLINK("x")<script>alert(1)</script>';

eachDatabase('disputes', (open) => {
  let service: RunningService;
  let program: PartnerProgram;
  let deal: Introduction;
  let lineId: string;
  let partner: TestPartner;
  let other: TestPartner;

  beforeAll(async () => {
    service = await startRunningService({ open });
    program = partnerProgram(service);
    await service.operator.put('/api/v1/program', { defaultCurrency: 'EUR' });
    await program.writeStandardPlan();
    deal = await program.introduce();
    ({ partner } = deal);
    other = await program.addPartner();
    service.hubspot.person.moveDeal(deal.crmDealId, 'closedwon');
    await service.settled();
    lineId = (await program.lines(deal))[0]?.id ?? '';
    await addOperator('rita@vendor.test', 'rev-ops');
    await addOperator('vic@vendor.test', 'viewer');
  });
  afterAll(() => service.close());

  const addOperator = async (email: string, role: 'rev-ops' | 'viewer') => {
    const now = new Date();
    await service.db.transaction().execute((trx) =>
      insertPerson(trx, {
        ...{ id: newId('per'), name: role, email, email_verified: true, image: null, created_at: now, updated_at: now },
        ...{ kind: 'operator', role, partner_id: null, ended_at: null },
      }),
    );
  };
  let named = 0;
  /** About a deal of its own, so that no test stands in another's way. */
  const opened = async (who = partner) => {
    named += 1;
    return who.api.post<Dispute>('/api/v1/disputes', { deal: `Deal ${String(named)}`, reason: hostile });
  };
  const send = (who: { readonly api: TestPartner['api'] }, path: string, body: object = {}, headers = {}) =>
    who.api.send<Dispute>('POST', `/api/v1/disputes${path}`, body, headers);
  const operator = () => ({ api: service.operator });
  const read = (who: { readonly api: TestPartner['api'] }, id: string) =>
    who.api.get<Dispute>(`/api/v1/disputes/${id}`);
  const listed = async (who: { readonly api: TestPartner['api'] }, query = '') =>
    (await who.api.get<{ items: readonly Dispute[] }>(`/api/v1/disputes?${query}`)).items.map(({ id }) => id);
  const mailsAbout = async (id: string) => {
    const { items } = await service.operator.get<{ items: readonly { to: string; text: string | null }[] }>(
      '/api/v1/mails?limit=200',
    );
    return items.filter(({ text }) => text?.includes(id)).map(({ to }) => to);
  };
  const dueFromNow = () =>
    addWorkingDays(
      dayIn(service.clock.now(), defaultProgram.timeZone),
      defaultProgram.disputeBusinessDays,
      defaultProgram,
    );
  const settle = (id: string, body: object, who: { readonly api: TestPartner['api'] } = operator()) =>
    send(who, `/${id}/settle`, body);

  it('about a line is opened with evidence, is due in working days, and tells who may settle it', async () => {
    const links = ['https://northwind-partners.com/offer.pdf'];
    const answer = await send(partner, '', { lineId, reason: hostile, links });
    expect(answer).toMatchObject({
      status: 201,
      body: { status: 'open', lineId, reason: hostile, links, dueOn: dueFromNow(), settledAt: null },
    });
    const { id } = answer.body;
    expect(await listed(partner, `lineId=${lineId}`)).toEqual([id]);
    expect(await mailsAbout(id)).toEqual(['rita@vendor.test']);
    const { items } = await service.operator.get<{ items: readonly { action: string }[] }>(
      `/api/v1/audit?subjectId=${id}`,
    );
    expect(items.map(({ action }) => action)).toEqual(['dispute.open']);
  });

  it('about the same line is one at a time, also when it is sent twice at once', async () => {
    const again = await send(partner, '', { lineId, reason: 'Once more.' });
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:introducer:problem:dispute-open-already' } });
    const body = { registrationId: deal.registrationId, reason: 'The second product is missing.' };
    const answers = await Promise.all([send(partner, '', body), send(partner, '', body), send(partner, '', body)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    const call = { deal: 'The port of Bremen', reason: 'It was ours.' };
    const first = await send(partner, '', call, { 'idempotency-key': 'bremen' });
    expect(await send(partner, '', call, { 'idempotency-key': 'bremen' })).toMatchObject({ body: first.body });
    expect((await send(partner, '', call)).status).toBe(409);
  });

  it.each([
    [{ reason: 'Why?' }, 'lineId'],
    [{ lineId: 'a', deal: 'b', reason: 'Why?' }, 'lineId'],
    [{ deal: 'b', reason: ' ' }, 'reason'],
    [{ deal: 'b\u202e', reason: 'Why?' }, 'deal'],
    [{ deal: 'b', reason: 'Why?', links: ['javascript:alert(1)'] }, 'links[0]'],
    [{ deal: 'b', reason: 'Why?', links: ['https://a.example/\nx'] }, 'links[0]'],
    [{ lineId: 'line_unknown', reason: 'Why?' }, 'lineId'],
    [{ registrationId: 'reg_unknown', reason: 'Why?' }, 'registrationId'],
  ])('refuses %j and says which field is wrong', async (body, field) => {
    const answer = await send(partner, '', body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('of a partner are nobody else’s to see, to move or to guess', async () => {
    const { id } = await opened();
    expect(await listed(other)).toEqual([]);
    expect(await listed(other, `partnerId=${partner.id}`)).toEqual([]);
    expect((await other.api.send('GET', `/api/v1/disputes/${id}`)).status).toBe(404);
    expect((await send(other, `/${id}/messages`, { text: 'Me too.' })).status).toBe(404);
    expect((await send(other, `/${id}/withdraw`)).status).toBe(404);
    expect((await settle(id, { outcome: 'upheld', words: 'Yes.' }, partner)).status).toBe(403);
    const known = await send(other, '', { lineId, reason: 'Why?' });
    const unknown = await send(other, '', { lineId: 'line_unknown', reason: 'Why?' });
    expect(known.status).toBe(unknown.status);
    expect(known.body.detail.replace(lineId, 'line_unknown')).toBe(unknown.body.detail);
    expect((await send(other, '', { registrationId: deal.registrationId, reason: 'Why?' })).status).toBe(422);
    expect(await read(partner, id)).toMatchObject({ status: 'open', messages: [] });
  });

  it('are answered, which stops the clock, and replied to, which starts it again', async () => {
    const { id } = await opened();
    const answered = await send(operator(), `/${id}/messages`, { text: hostile });
    expect(answered).toMatchObject({ status: 201, body: { status: 'answered', dueOn: null } });
    expect(await mailsAbout(id)).toHaveLength(2);
    service.clock.advanceDays(4);
    const replied = await send(partner, `/${id}/messages`, { text: 'No.' });
    expect(replied.body).toMatchObject({ status: 'open', dueOn: dueFromNow() });
    service.clock.advanceDays(1);
    await send(partner, `/${id}/messages`, { text: 'Hello?' });
    const { dueOn, messages } = await read(partner, id);
    expect(dueOn).toBe(replied.body.dueOn);
    expect(messages.map(({ author, text }) => [author, text])).toEqual([
      [null, hostile],
      ['the partner’s program', 'No.'],
      ['the partner’s program', 'Hello?'],
    ]);
    expect((await read(operator(), id)).messages[0]?.author).not.toBeNull();
  });

  it('are upheld with a decision that is the partner’s, and book nothing themselves', async () => {
    const { id } = await opened();
    const decide = (partnerId: string) =>
      service.operator.post<{ id: string }>('/api/v1/decisions', {
        ...{ partnerId, add: { amount: '80.00', currency: 'EUR' }, reason: 'As it was promised.' },
      });
    const foreign = await decide(other.id);
    const outcome = { outcome: 'upheld', words: hostile };
    for (const decisionId of [foreign.id, 'dec_unknown']) {
      expect((await settle(id, { ...outcome, decisionId })).status).toBe(422);
    }
    expect((await settle(id, { outcome: 'declined', words: 'No.', decisionId: foreign.id })).status).toBe(422);
    const own = await decide(partner.id);
    await service.settled();
    const before = await program.book(deal);
    const settled = await settle(id, { ...outcome, decisionId: own.id });
    expect(settled).toMatchObject({ status: 200, body: { status: 'upheld', outcome: hostile, decisionId: own.id } });
    await service.settled();
    expect(await program.book(deal)).toEqual(before);
    expect(await read(partner, id)).toMatchObject({ status: 'upheld', outcome: hostile, settledBy: null });
  });

  it('settled by two at once are settled by one, and the other is told by whom', async () => {
    const { id } = await opened();
    const key = async (name: string) =>
      (await service.operator.post<{ key: string }>('/api/v1/api-keys', { name })).key;
    const [ann, bob] = [service.as(await key('Ann')), service.as(await key('Bob'))];
    const answers = await Promise.all([
      settle(id, { outcome: 'upheld', words: 'Yes.' }, { api: ann }),
      settle(id, { outcome: 'declined', words: 'No.' }, { api: bob }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body;
    const lost = answers.find(({ status }) => status === 409)?.body;
    expect(lost?.detail).toContain(`was ${won?.status ?? ''} by ${won?.settledBy ?? ''}`);
    expect(['Ann', 'Bob']).toContain(won?.settledBy);
    const late = await send(partner, `/${id}/messages`, { text: 'But…' });
    expect(late.status).toBe(409);
    expect(late.body.detail).toContain('by the program');
  });

  it('settled once more with the same key change nothing and mail nobody', async () => {
    const { id } = await opened();
    const once = { 'idempotency-key': 'settled-once' };
    const body = { outcome: 'declined', words: 'It was not yours.' };
    const first = await send(operator(), `/${id}/settle`, body, once);
    const mails = await mailsAbout(id);
    expect(await send(operator(), `/${id}/settle`, body, once)).toMatchObject({ status: 200, body: first.body });
    expect(await mailsAbout(id)).toEqual(mails);
  });

  it('are withdrawn by the partner, and can be opened about the same again', async () => {
    const call = { deal: 'The port of Kiel', reason: 'It was ours.' };
    const { id } = (await send(partner, '', call)).body;
    expect((await send(partner, `/${id}/withdraw`)).body).toMatchObject({ status: 'withdrawn', dueOn: null });
    expect((await send(partner, `/${id}/withdraw`)).status).toBe(409);
    expect((await settle(id, { outcome: 'upheld', words: 'Yes.' })).status).toBe(409);
    expect((await send(partner, '', call)).status).toBe(201);
  });

  it('are listed by the day an answer is due, those that wait for the partner last, page by page', async () => {
    const [first, second] = [await opened(other), await opened(other)];
    service.clock.advanceDays(7);
    const third = await opened(other);
    await send(operator(), `/${first.id}/messages`, { text: 'Which one?' });
    const query = `state=unsettled&order=due&partnerId=${other.id}`;
    expect(await listed(operator(), query)).toEqual([second.id, third.id, first.id]);
    const page = await service.operator.get<{ nextCursor: string }>(`/api/v1/disputes?${query}&limit=1`);
    expect(await listed(operator(), `${query}&limit=1&cursor=${page.nextCursor}`)).toEqual([third.id]);
    const newest = await service.operator.get<{ nextCursor: string }>(`/api/v1/disputes?partnerId=${other.id}&limit=2`);
    expect(await listed(operator(), `partnerId=${other.id}&limit=2&cursor=${newest.nextCursor}`)).toEqual([first.id]);
  });

  it('that nobody answers in time are a problem once, until somebody does', async () => {
    const { id } = await opened();
    const problems = () => program.problems(id);
    await service.letDaysPass(3);
    expect(await problems()).toEqual([]);
    await service.letDaysPass(8);
    expect(await problems()).toMatchObject([
      { title: 'A dispute was not answered in time', subject: { type: 'dispute' } },
    ]);
    await send(partner, `/${id}/messages`, { text: 'Hello?' });
    await service.letDaysPass(1);
    expect(await problems()).toMatchObject([{ occurrences: 1 }]);
    await send(operator(), `/${id}/messages`, { text: 'Sorry.' });
    await service.settled();
    expect(await problems()).toEqual([]);
    await service.letDaysPass(30);
    expect(await problems()).toEqual([]);
    await send(partner, `/${id}/messages`, { text: 'And?' });
    await service.letDaysPass(11);
    expect(await problems()).toHaveLength(1);
    await settle(id, { outcome: 'declined', words: 'No.' });
    await service.settled();
    expect(await problems()).toEqual([]);
  });
});
