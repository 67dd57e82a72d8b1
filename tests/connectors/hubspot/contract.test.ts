import { describeCrmContract } from '../contract-suite.js';
import { startHubspotUnderTest } from './hubspot-under-test.js';

describeCrmContract('HubSpot', startHubspotUnderTest, ['leads']);
