import { createHubspotWebSignIn } from '../connectors/hubspot/web-sign-in.js';
import { fullId } from '../connectors/salesforce/ids.js';
import { createSalesforceWebSignIn } from '../connectors/salesforce/web-sign-in.js';
import type { SalesforceSettings } from '../config/salesforce-settings.js';
import type { HubspotSettings } from '../config/settings.js';
import type { Clock } from './platform/clock.js';
import type { ConnectableAccount } from './sync/web-sign-in.handler.js';

/** How people connect HubSpot, where the environment names an app and no token. */
export function hubspotSignIn({ auth, apiUrl, appUrl }: HubspotSettings, clock: Clock): ConnectableAccount | null {
  if (auth.kind !== 'web') return null;
  const { clientId, clientSecret } = auth;
  const signIn = createHubspotWebSignIn({ apiUrl, appUrl, clientId, clientSecret, now: () => clock.now() });
  return { signIn, onlyAccount: null };
}

/** How people connect Salesforce, where the environment says that they do. */
export function salesforceSignIn(
  { auth, loginUrl, orgId }: SalesforceSettings,
  clock: Clock,
): ConnectableAccount | null {
  if (auth.kind !== 'web') return null;
  const { clientId, clientSecret } = auth;
  const signIn = createSalesforceWebSignIn({ loginUrl, clientId, clientSecret, now: () => clock.now() });
  return { signIn, onlyAccount: orgId === null ? null : fullId(orgId) };
}
