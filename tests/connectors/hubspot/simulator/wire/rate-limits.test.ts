import { defaultSettings } from '../../../../../connectors/hubspot/simulator/settings.js';
import { createRateLimits } from '../../../../../connectors/hubspot/simulator/wire/rate-limits.js';
import { rawCall, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot({ settings: { limits: { enabled: true } } });
const read = (token?: string) => rawCall(hubspot.simulator, 'GET', '/crm/v3/objects/deals', undefined, token);

describe('the limit of calls', () => {
  it('lets 110 calls through in ten seconds, shows what is left, and refuses the next', async () => {
    const first = await read();
    expect(first.headers.get('x-hubspot-ratelimit-max')).toBe('110');
    expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('109');
    expect(first.headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    for (let call = 1; call < 110; call += 1) await read();
    const refused = await read();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({
      status: 'error',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
      message: 'You have reached your ten_secondly_rolling limit.',
    });
    expect(refused.headers.get('retry-after')).toBeNull();
  });

  it('can be set and switched off while running', async () => {
    hubspot.simulator.configure({ limits: { perTenSeconds: 1 } });
    expect([(await read()).status, (await read()).status]).toEqual([200, 429]);
    hubspot.simulator.configure({ limits: { enabled: false } });
    expect((await read()).status).toBe(200);
  });

  it('counts five searches a second apart, without headers and with words of its own', async () => {
    const search = () => rawCall(hubspot.simulator, 'POST', '/crm/v3/objects/deals/search', {});
    const answers = [];
    for (let call = 0; call < 6; call += 1) answers.push(await search());
    const refused = answers.find(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(5);
    expect(refused?.body.message).toBe('You have reached your secondly limit.');
    expect(refused?.body).not.toHaveProperty('policyName');
    expect(refused?.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    expect((await read()).headers.get('x-hubspot-ratelimit-remaining')).toBe('109');
  });

  it('has a daily part for static tokens only', async () => {
    hubspot.simulator.configure({ limits: { perDay: 1 } });
    expect((await read()).headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('0');
    expect((await read()).body).toMatchObject({ policyName: 'DAILY' });
    const { accessToken } = hubspot.simulator.oauth.grant();
    const byOAuth = await read(accessToken);
    expect(byOAuth.status).toBe(200);
    expect(byOAuth.headers.get('x-hubspot-ratelimit-daily')).toBeNull();
  });

  it('rolls: a call becomes free ten seconds after it was made', () => {
    let now = 0;
    const limits = createRateLimits({ ...defaultSettings().limits, perTenSeconds: 2 }, () => now);
    const admit = () => limits.admit('/crm/objects/deals', false).kind;
    const at = (ms: number) => {
      now = ms;
      return admit();
    };
    expect([at(0), at(6000), at(9999), at(10_000), at(10_001), at(16_000)]).toEqual([
      'allowed',
      'allowed',
      'refused',
      'allowed',
      'refused',
      'allowed',
    ]);
  });
});
