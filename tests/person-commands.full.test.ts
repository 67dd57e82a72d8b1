import { runCommand } from '../src/commands.js';
import { eachDatabase } from './support/databases.js';
import { partnerProgram, type PartnerProgram } from './support/partner-program.js';
import { startRunningService, type RunningService } from './support/running-service.js';

eachDatabase('the commands about a person', (open) => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({ open });
    program = partnerProgram(service);
  });
  afterAll(() => service.close());

  const run = async (...argv: readonly string[]) => {
    const said = { stdout: '', stderr: '' };
    const output = {
      stdout: (text: string) => (said.stdout += text),
      stderr: (text: string) => (said.stderr += text),
    };
    const code = await runCommand({ argv: ['person', ...argv], cwd: '/' }, output, () =>
      Promise.resolve(service.internals),
    );
    return { code, ...said };
  };
  const registered = async () => {
    const prospect = program.newProspect();
    const { id } = await program.register(await program.addPartner(), { prospect });
    await service.settled();
    return { id, email: prospect.contact.email };
  };
  const contactOf = async (id: string) =>
    (await service.operator.get<{ contact: { email: string } | null }>(`/api/v1/registrations/${id}`)).contact?.email;
  const erasures = async () =>
    (await service.operator.get<{ items: readonly { requestedBy: string | null }[] }>('/api/v1/erasures')).items;

  it('print everything that is held, as the API does', async () => {
    const { email } = await registered();
    const { code, stdout } = await run('export', email.toUpperCase());
    const byApi = await service.operator.post<{ held: readonly { table: string }[] }>('/api/v1/person-exports', {
      email,
    });
    const printed = JSON.parse(stdout) as { email: string; held: readonly { table: string }[] };
    expect(code).toBe(0);
    expect(printed.email).toBe(email);
    expect(printed.held.map(({ table }) => table)).toEqual(byApi.held.map(({ table }) => table));
    expect(stdout).toContain(email);
  });

  it('show what would be erased and erase nothing, until they are told to', async () => {
    const { id, email } = await registered();
    const shown = await run('erase', email, '--reason', 'asked', '--step', 'show');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/registration_contacts +1/);
    const unasked = await run('erase', email, '--reason', 'asked');
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('no terminal to ask at')]);
    expect(await contactOf(id)).toBe(email);
    expect(await erasures()).toEqual([]);

    const erased = await run('erase', email, '--reason', 'asked by letter', '--yes');
    const certificate = JSON.parse(erased.stdout.slice(erased.stdout.indexOf('{'))) as {
      erased: Record<string, number>;
    };
    expect(erased.code).toBe(0);
    expect(shown.stdout).toContain(`registration_contacts`);
    expect(Object.keys(certificate.erased)).toEqual(
      [...shown.stdout.matchAll(/^ {2}(\w+)/gm)].map(([, table]) => table),
    );
    expect(await contactOf(id)).not.toBe(email);
    expect(await erasures()).toMatchObject([{ requestedBy: 'command line' }]);
    const verdict = await service.operator.post<{ kind: string }>('/api/v1/signatures/verify', certificate);
    expect(verdict.kind).toBe('genuine');
    const { items } = await service.operator.get<{ items: readonly { details: object }[] }>(
      '/api/v1/audit?action=contact.erase',
    );
    expect(items).toMatchObject([{ details: { cause: 'request', reason: 'asked by letter' } }]);

    const again = await run('erase', email, '--reason', 'asked', '--yes');
    expect(again.stdout).toContain('already: nothing is left to erase');
    expect(JSON.parse(again.stdout.slice(again.stdout.indexOf('{')))).toEqual(certificate);
  });

  it.each([
    [['export', 'anna'], 'expected an e-mail address'],
    [['erase', 'anna', '--reason', 'x', '--yes'], 'expected an e-mail address'],
    [['erase', 'anna@acme.com', '--reason', 'anna@acme.com asked', '--yes'], 'without an e-mail address'],
    [['erase', 'anna@acme.com', '--reason', ' ', '--yes'], '1 to 500 characters'],
  ])('refuse %j, and say what they expect', async (argv, words) => {
    const { code, stderr } = await run(...argv);
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  });

  it('refuse a reason that names whom it erases, which is told before and repeated nowhere', async () => {
    const prospect = program.newProspect();
    const { firstName, lastName, email } = prospect.contact;
    const { id } = await program.register(await program.addPartner(), { prospect });
    await service.settled();
    for (const reason of [
      `${firstName} ${lastName} asked`,
      `Mx ${lastName.toUpperCase()} wrote`,
      `${firstName} called`,
    ]) {
      for (const how of [['--step', 'show'], ['--yes']]) {
        const { code, stdout, stderr } = await run('erase', email, '--reason', reason, ...how);
        expect([code, stdout]).toEqual([1, '']);
        expect(stderr).toContain('reason names the person; expected words without name, address or phone');
        expect(stderr).not.toContain(lastName);
      }
    }
    expect(await contactOf(id)).toBe(email);
    expect((await run('erase', email, '--reason', 'asked on the phone', '--yes')).code).toBe(0);
  });

  it('refuse an address that somebody signs in with', async () => {
    const partner = await program.addPartner();
    const { email } = await service.operator.get<{ email: string }>(`/api/v1/partners/${partner.id}`);
    const { code, stderr, stdout } = await run('erase', email, '--reason', 'asked', '--yes');
    expect(code).toBe(1);
    expect(stderr).not.toBe('');
    expect(stdout).toBe('');
  });
});
