import type { CrmConnector, CrmFinding } from '../../../connectors/contract.js';
import { createSalesforceConnector } from '../../../connectors/salesforce/connector.js';
import { startSalesforceSimulator, type SalesforceSimulator } from '../../../connectors/salesforce/simulator/start.js';
import { createMemoryStore } from './fake-salesforce.js';

describe('what an organisation lacks', () => {
  let salesforce: SalesforceSimulator;
  let connector: CrmConnector;
  beforeEach(async () => {
    salesforce = await startSalesforceSimulator({ name: 'Acme', settings: { limits: { perDay: 10_000 } } });
    const { url, clientId, secret, tokens } = salesforce;
    connector = createSalesforceConnector({
      loginUrl: url,
      grant: { kind: 'refresh-token', clientId, clientSecret: secret, refreshToken: tokens.refreshToken },
      tokens: createMemoryStore(null).store,
      now: () => new Date(),
    });
    await connector.provision();
  });
  afterEach(() => salesforce.close());

  const findings = () => connector.examine({ sweepEverySeconds: 300 });
  const about = async (level: CrmFinding['level']) => (await findings()).filter((finding) => finding.level === level);
  const only = async (level: CrmFinding['level'], found: RegExp): Promise<CrmFinding> => {
    const [finding, ...others] = (await about(level)).filter((one) => found.test(one.found));
    expect(others).toEqual([]);
    if (finding === undefined)
      throw new Error(`Nothing was found about ${String(found)}: ${JSON.stringify(await findings())}`);
    return finding;
  };
  const stopTelling = (entity: string): void => {
    const selected = `${entity}ChangeEvent`;
    const [row] = salesforce.org.records.byValue('PlatformEventChannelMember', 'SelectedEntity', selected);
    salesforce.person.delete(row?.id ?? '');
  };
  const assignToRep = (): void => {
    const [set] = salesforce.org.records.byValue('PermissionSet', 'Name', 'Introducer');
    salesforce.seed('PermissionSetAssignment', [{ PermissionSetId: set?.id ?? '', AssigneeId: salesforce.people.rep }]);
  };

  it('is nothing once it was provisioned, shown to reps, and tells its changes; who answers is said', async () => {
    assignToRep();
    expect(await about('fault')).toEqual([]);
    expect(await about('limit')).toEqual([]);
    const words = (await findings()).map(({ found }) => found);
    expect(words[0]).toMatch(
      /^Acme \(00D\w{15}\) is a production organisation; we are signed in as introducer\.integration@/,
    );
    expect(words).toContainEqual(expect.stringMatching(/^1 users beside ours have the permission set/));
    expect(words).toContainEqual(expect.stringMatching(/of 10000 API calls .* 2000 are left to other tools$/));
    expect(words).toContainEqual('Change Data Capture is on for Lead and Opportunity');
    expect(words).toContainEqual(
      expect.stringMatching(/^lead conversion copies 0 of our 7 fields; we write the others/),
    );
  });

  it('names the fields that are gone, what the rep goes without, and how they come back', async () => {
    salesforce.person.removeField('Opportunity.Introducer_Protected_Until__c');
    salesforce.person.removeField('Opportunity.Introducer_Partner__c');
    expect(await only('fault', /Opportunity/)).toEqual({
      level: 'fault',
      found: 'Opportunity lacks Introducer_Partner__c, Introducer_Protected_Until__c',
      costs:
        'the rep does not see who introduced the deal; the rep does not see the protection date; all else is written',
      remedy: 'run "introducer provision", or install the Introducer package',
    });
    await connector.provision();
    expect(await about('fault')).toEqual([]);
  });

  it('tells a field that is hidden from our user from one that is not there, and one that may only be read', async () => {
    const permission = (field: string) =>
      salesforce.org.records.byValue('FieldPermissions', 'Field', field)[0]?.id ?? '';
    const context = salesforce.person;
    context.update(permission('Opportunity.Introducer_Commission__c'), { PermissionsEdit: false });
    context.update(permission('Lead.Introducer_Status__c'), { PermissionsRead: false, PermissionsEdit: false });
    expect((await only('fault', /Lead/)).found).toBe('Lead hides from our user Introducer_Status__c');
    const readOnly = await only('fault', /Opportunity/);
    expect(readOnly.found).toBe('Opportunity does not let our user write Introducer_Commission__c');
    expect(readOnly.costs).toContain('what the deal costs');
  });

  it('says when no rep was given the permission set, and when it is gone', async () => {
    expect(await only('limit', /permission set/)).toMatchObject({
      found: 'nobody but our user has the permission set "Introducer"',
      remedy: expect.stringContaining('assign the permission set') as unknown,
    });
    const [set] = salesforce.org.records.byValue('PermissionSet', 'Name', 'Introducer');
    salesforce.person.delete(set?.id ?? '');
    expect((await only('limit', /no permission set/)).remedy).toContain('introducer provision');
    // With the set went the right to see any of our fields.
    expect((await about('fault')).map(({ found }) => found)).toContainEqual(
      expect.stringMatching(/^Lead hides from our user Introducer_Registration_Id__c/),
    );
  });

  it('says that changes come late where they are not told, and how late', async () => {
    stopTelling('Opportunity');
    expect(await only('limit', /Change Data Capture/)).toMatchObject({
      found: 'Change Data Capture is off for Opportunity',
      costs: 'their changes arrive by sweep, every 5 minutes, instead of within 2 seconds',
    });
  });

  it('warns before the calls of the day are used up', async () => {
    salesforce.usage.add(7_500);
    expect(await only('limit', /API calls/)).toMatchObject({
      found: expect.stringMatching(/^75\d\d of 10000 API calls .* are left to us/) as unknown,
      costs: expect.stringContaining('nothing is lost') as unknown,
    });
  });

  it('leaves open what our user may not know, instead of failing', async () => {
    assignToRep();
    salesforce.configure({ metadataApi: false });
    salesforce.addFault({ kind: 'error', path: '*/tooling/*', status: 403, errorCode: 'INSUFFICIENT_ACCESS' });
    const words = (await findings()).map(({ found }) => found).join('\n');
    expect(words).toMatch(/whether Change Data Capture is on cannot be told/);
    expect(words).toMatch(/which fields lead conversion copies cannot be told/);
    expect(await about('fault')).toEqual([]);
  });

  it('knows what conversion copies', async () => {
    const name = 'Introducer_Partner__c';
    salesforce.configure({ leadFieldMapping: [{ from: name, to: `Opportunity.${name}` }] });
    expect((await findings()).map(({ found }) => found)).toContainEqual(
      expect.stringMatching(/^lead conversion copies 1 of our 7 fields/),
    );
  });

  it('costs a dozen calls to know', async () => {
    const before = salesforce.usage.used();
    await findings();
    expect(salesforce.usage.used() - before).toBeLessThanOrEqual(12);
  });
});
