import { readApiPath, speaksVersion } from '../../../../../connectors/hubspot/simulator/wire/api-path.js';

describe('the path of a call', () => {
  it.each([
    ['/crm/v3/objects/deals/7', 'v3', '/crm/objects/deals/7'],
    ['/crm/objects/2026-09/deals/7', '2026-09', '/crm/objects/deals/7'],
    ['/crm/v4/associations/deals/contacts/batch/read', 'v4', '/crm/associations/deals/contacts/batch/read'],
    ['/crm/v3/owners/', 'v3', '/crm/owners'],
    ['/oauth/v1/token', 'v1', '/oauth/token'],
    ['/oauth/2026-09/token/introspect', '2026-09', '/oauth/token/introspect'],
    ['/account-info/v3/details', 'v3', '/account-info/details'],
  ])('%s is read as version %s of %s', (raw, version, path) => {
    expect(readApiPath(raw)).toEqual({ version, path });
  });

  it('belongs to no API when it has no version', () => {
    expect(readApiPath('/crm/objects/deals')).toBeNull();
    expect(readApiPath('/somewhere')).toBeNull();
  });

  it('may be asked under its own version and the dated ones', () => {
    expect(['v3', 'v4', '2026-03', '2026-09', '2024-01'].filter((asked) => speaksVersion('v3', asked))).toEqual([
      'v3',
      '2026-03',
      '2026-09',
    ]);
  });
});
