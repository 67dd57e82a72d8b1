import { describeCrmContract } from '../contract-suite.js';
import { startSalesforceUnderTest } from './salesforce-under-test.js';

describeCrmContract('Salesforce', startSalesforceUnderTest, ['additional-addresses', 'merged-deals']);
