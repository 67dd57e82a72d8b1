import { generateKeyPairSync } from 'node:crypto';
import type { SalesforceSimulator, SimulatorOptions } from '../../connectors/salesforce/simulator/start.js';
import { runCommand } from '../../src/commands.js';
import { eventually } from '../support/eventually.js';
import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const userName = 'introducer.integration@introducer.example';
/** An environment file holds a key in one line. */
const byKey = {
  SALESFORCE_CLIENT_SECRET: '',
  SALESFORCE_REFRESH_TOKEN: '',
  SALESFORCE_USERNAME: userName,
  SALESFORCE_JWT_KEY: privateKey.replaceAll('\n', '\\n'),
};
const asItself = { SALESFORCE_REFRESH_TOKEN: '' };

describe('the service signs in to Salesforce', () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  afterEach(() => service.close());

  const start = async (
    settings: NonNullable<SimulatorOptions['settings']>,
    environment: Readonly<Record<string, string>>,
    until: 'provisioned' | 'listening' = 'provisioned',
  ): Promise<void> => {
    service = await startRunningService({ salesforce: { settings }, environment, until });
    salesforce = service.salesforce!;
  };
  const signIns = (): number => salesforce.calls()['POST /services/oauth2/token 200'] ?? 0;
  const problems = async () =>
    (await service.operator.get<{ items: readonly { readonly detail: string }[] }>('/api/v1/problems')).items;
  const told = (words: RegExp) =>
    eventually(`a problem says ${String(words)}`, async () =>
      (await problems()).some(({ detail }) => words.test(detail)),
    );
  const doctor = async (): Promise<string> => {
    const lines: string[] = [];
    const write = (text: string): void => void lines.push(text);
    const line = { argv: ['doctor'], cwd: process.cwd() };
    await runCommand(line, { stdout: write, stderr: write }, () => Promise.resolve(service.internals));
    return lines.join('');
  };
  /** Walks one registration to its commission, in an organisation whose records name no currency. */
  const creditOne = async (): Promise<readonly string[]> => {
    const program = partnerProgram(service);
    await program.writeStandardPlan();
    await service.operator.put('/api/v1/program', { crmRoutes: [{ connection: 'salesforce' }] });
    const prospect = program.newProspect();
    const { id } = await program.register(await program.addPartner(), { prospect, amount: '900.00', currency: 'GBP' });
    await program.approve(id);
    await service.settled();
    const lead = salesforce.person.all('Lead').find(({ values }) => values['Email'] === prospect.contact.email);
    const { opportunityId } = salesforce.person.convertLead({ leadId: lead?.id ?? '' });
    await service.sweep('salesforce');
    service.clock.advanceMs(1_000);
    salesforce.person.update(opportunityId ?? '', { StageName: 'Closed Won', Amount: 12_000 });
    await service.sweep('salesforce');
    const { dealId } = await program.registration(id);
    return program.book({ dealId: dealId ?? '' });
  };

  it("as a user by a key, again when its session ends, and books in the organisation's own currency", async () => {
    const oauth = { certificate: publicKey, preauthorised: [userName] };
    await start({ corporateCurrency: 'GBP', oauth }, byKey);
    expect(await creditOne()).toEqual(['commission 1200.00 GBP']);
    const before = signIns();
    salesforce.sessions.expireAll();
    await service.sweep('salesforce');
    expect(signIns()).toBe(before + 1);
    expect(await problems()).toEqual([]);
  });

  it("as the app itself; where SOAP refuses its sessions, the program's currency says what deals are in", async () => {
    await start({ corporateCurrency: 'GBP', oauth: { jwtTokens: true } }, asItself);
    await service.operator.put('/api/v1/program', { defaultCurrency: 'CHF' });
    expect(await creditOne()).toEqual(['commission 1200.00 CHF']);
    salesforce.sessions.expireAll();
    await service.sweep('salesforce');
    expect(await problems()).toEqual([]);
  });

  it('not at all while nobody has let the user in: a problem says so, and all goes on when somebody has', async () => {
    await start({ oauth: { certificate: publicKey } }, byKey, 'listening');
    await told(/user hasn't approved this consumer/);
    expect(await doctor()).toMatch(/^FAULT {2}Salesforce answers.*user hasn't approved this consumer/m);
    salesforce.configure({ oauth: { preauthorised: [userName] } });
    service.clock.advanceMs(60_000);
    await service.letDaysPass(1);
    expect(await creditOne()).toEqual(['commission 1200.00 USD']);
    expect(await problems()).toEqual([]);
  });

  it('not to another organisation than the one it is for, and nothing is written there', async () => {
    await start({}, { SALESFORCE_ORG_ID: '00D5f0000000009EAA' }, 'listening');
    const words = /This is organisation 00D\w{15}, and 00D5f0000000009EAA is the one wanted/;
    await told(words);
    expect(await doctor()).toMatch(words);
    expect(Object.keys(salesforce.calls()).filter((call) => !call.includes('oauth2'))).toEqual([]);
  });

  it('every day, although nothing happens, so that a refresh token never lies idle for thirty', async () => {
    await start({ oauth: { rotateRefreshTokens: true } }, {});
    for (let day = 0; day < 3; day += 1) {
      const before = signIns();
      await service.letDaysPass(1);
      expect(signIns()).toBeGreaterThan(before);
    }
    expect(await problems()).toEqual([]);
  });
});
