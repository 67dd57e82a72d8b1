import { insertPerson } from '../../src/access/person.store.js';
import { newId } from '../../src/platform/ids.js';
import { eachDatabase } from '../support/databases.js';
import { partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

interface Choice {
  readonly email: string | null;
  readonly kinds: readonly { readonly kind: string; readonly on: boolean }[];
  readonly always: readonly string[];
}
interface MailView {
  readonly to: string;
  readonly topic: string;
  readonly text: string | null;
  readonly sentAt: string | null;
  readonly withheldAt: string | null;
}

eachDatabase('which mail each person gets', (open) => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;

  beforeAll(async () => {
    service = await startRunningService({ open });
    program = partnerProgram(service);
    partner = await program.addPartner();
  });
  afterAll(() => service.close());

  const person = async (email: string, role: 'owner' | 'member' | 'rev-ops' | 'viewer') => {
    const isPartner = role === 'owner' || role === 'member';
    const id = newId('per');
    const now = new Date();
    await service.db.transaction().execute((trx) =>
      insertPerson(trx, {
        ...{ id, name: email, email, email_verified: true, image: null, created_at: now, updated_at: now },
        ...{
          kind: isPartner ? 'partner' : 'operator',
          partner_id: isPartner ? partner.id : null,
          ended_at: null,
          role,
        },
      }),
    );
    const cookie = await signInAs(service, { id, email, isPartner });
    const call = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${service.url}${path}`, {
        method,
        headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Choice & { readonly errors?: unknown } };
    };
    return {
      id,
      choice: async () => (await call('GET', '/api/v1/me/mail')).body,
      choose: (...off: readonly string[]) => call('PUT', '/api/v1/me/mail', { off }),
    };
  };
  const mailsTo = async (address: string, state = '') => {
    const query = `/api/v1/mails?limit=200${state}`;
    const { items } = await service.operator.get<{ items: readonly MailView[] }>(query);
    return items.filter(({ to }) => to === address);
  };

  it('is everything until they say otherwise, and what lets them in always', async () => {
    const owner = await person('olga@acme.test', 'owner');
    expect(await owner.choice()).toEqual({
      email: 'olga@acme.test',
      kinds: [
        { kind: 'receipt', on: true },
        { kind: 'decision', on: true },
        { kind: 'dispute', on: true },
      ],
      always: ['invitation', 'sign-in', 'password'],
    });
    const revOps = await person('rob@vendor.test', 'rev-ops');
    expect((await revOps.choice()).kinds.map(({ kind }) => kind)).toEqual(['dispute', 'review-reminder']);
    const viewer = await person('vic@vendor.test', 'viewer');
    expect((await viewer.choice()).kinds).toEqual([]);
  });

  it('is theirs alone: a colleague goes on getting what one does without, and it is seen that it was withheld', async () => {
    const quiet = await person('quiet@acme.test', 'member');
    await person('keen@acme.test', 'member');
    expect((await quiet.choose('receipt')).body.kinds[0]).toEqual({ kind: 'receipt', on: false });
    await program.register(partner);
    const [withheld, ...more] = await mailsTo('quiet@acme.test');
    expect(more).toEqual([]);
    expect(withheld).toMatchObject({ topic: 'receipt', text: null, sentAt: null, withheldAt: expect.any(String) });
    expect(await mailsTo('quiet@acme.test', '&state=waiting')).toEqual([]);
    expect(await mailsTo('quiet@acme.test', '&state=withheld')).toHaveLength(1);
    const [sent] = await mailsTo('keen@acme.test', '&state=waiting');
    expect(sent?.text).toContain('You get the receipt of every registration because you are one of');
    expect(sent?.text).toContain(`Choose which mail you get:\n${service.internals.foundations.publicUrl()}/my-mail`);

    await quiet.choose();
    await program.register(partner);
    expect(await mailsTo('quiet@acme.test', '&state=waiting')).toHaveLength(1);
  });

  it('is written down with who chose it, once for each change', async () => {
    const chooser = await person('chooser@acme.test', 'member');
    await chooser.choose('dispute');
    await chooser.choose('dispute');
    await chooser.choose('receipt');
    const { items } = await service.operator.get<{ items: readonly { details: unknown }[] }>(
      `/api/v1/audit?subjectType=person&subjectId=${chooser.id}`,
    );
    expect(items.map(({ details }) => details)).toEqual([
      { off: ['receipt'], on: ['dispute'] },
      { off: ['dispute'], on: [] },
    ]);
  });

  it('cannot be chosen by a key, nor of a kind that one does not get', async () => {
    const byKey = await service.operator.send('PUT', '/api/v1/me/mail', { off: ['dispute'] });
    expect(byKey.status).toBe(403);
    const viewer = await person('vera@vendor.test', 'viewer');
    const refused = await viewer.choose('receipt');
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ field: 'off[0]', value: 'receipt' }]);
    expect((await viewer.choose('sign-in')).status).toBe(422);
  });

  it('leaves a link to sign in alone, and the mail of who typed an address into a form', async () => {
    const silent = await person('silent@acme.test', 'member');
    await silent.choose('receipt', 'dispute');
    await fetch(`${service.url}/api/auth/sign-in/magic-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'silent@acme.test', callbackURL: '/' }),
    });
    const [link] = await mailsTo('silent@acme.test', '&state=waiting');
    expect(link).toMatchObject({ topic: 'sign-in' });
    expect(link?.text).not.toContain('Choose which mail you get');

    const { personalUrl } = await program.addPartner();
    const { company, contact } = program.newProspect();
    await fetch(`${service.url}${new URL(personalUrl).pathname}`, {
      method: 'POST',
      body: new URLSearchParams({
        'company.name': company.name,
        'contact.firstName': contact.firstName,
        'contact.lastName': contact.lastName,
        'contact.email': contact.email,
        attestation: 'yes',
        submitter: 'silent@acme.test',
      }),
    });
    const [confirmation] = await mailsTo('silent@acme.test', '&state=waiting');
    expect(confirmation).toMatchObject({ topic: 'confirm-registration' });
    const confirm = /\/r\/confirm\/[\w-]+/.exec(confirmation?.text ?? '')?.[0] ?? '';
    expect((await fetch(`${service.url}${confirm}`, { method: 'POST' })).status).toBe(200);
    const waiting = await mailsTo('silent@acme.test', '&state=waiting');
    expect(waiting.map(({ topic }) => topic)).toEqual(['receipt', 'confirm-registration', 'sign-in']);
    expect(await mailsTo('silent@acme.test', '&state=withheld')).toEqual([]);
  });

  it('is told to who asks what is held of them, and goes with them', async () => {
    const leaving = await person('leaving@acme.test', 'member');
    await leaving.choose('receipt');
    const { body: held } = await service.operator.send<{ found: Readonly<Record<string, unknown>> }>(
      'POST',
      '/api/v1/person-exports',
      { email: 'leaving@acme.test' },
    );
    expect(JSON.stringify(held)).toContain('mail_choices');
    await service.operator.send('DELETE', `/api/v1/partners/${partner.id}/people/${leaving.id}`);
    await service.operator.post('/api/v1/erasures', { email: 'leaving@acme.test' });
    const left = await service.db.selectFrom('mail_choices').selectAll().where('person_id', '=', leaving.id).execute();
    expect(left).toEqual([]);
  });
});
