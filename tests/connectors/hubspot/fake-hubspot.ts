import nock from 'nock';
import type { CrmCallObservation, CrmConnector } from '../../../connectors/contract.js';
import { createHubspotConnector, type HubspotConnectorOptions } from '../../../connectors/hubspot/connector.js';

export const apiUrl = 'https://api.hubapi.com';

/** The interceptor for HubSpot's address. Bodies given to it are written from the facts sheet. */
export function hubspot(): nock.Scope {
  return nock(apiUrl);
}

export interface Observed {
  readonly connector: CrmConnector;
  readonly observations: CrmCallObservation[];
}

/** A connector that sleeps no real time and keeps what it reported. */
export function createObserved(options: Partial<HubspotConnectorOptions> = {}): Observed {
  const observations: CrmCallObservation[] = [];
  const connector = createHubspotConnector({
    apiUrl,
    auth: { kind: 'static', accessToken: 'pat-na1-test' },
    now: () => new Date(),
    sleep: () => Promise.resolve(),
    observe: (observation) => observations.push(observation),
    ...options,
  });
  return { connector, observations };
}

// Pipelines as in the facts sheet, section 8: metadata values are texts.
const stage = (id: string, isClosed: string, probability: string, displayOrder: number) => ({
  id,
  label: `Label of ${id}`,
  displayOrder,
  archived: false,
  metadata: { isClosed, probability },
});

export const pipelines = {
  results: [
    {
      id: '77',
      label: 'Renewals',
      displayOrder: 1,
      archived: false,
      stages: [stage('9001', 'false', '0.5', 0), stage('9002', 'true', '1.0', 1), stage('9003', 'true', '0.0', 2)],
    },
    {
      id: 'default',
      label: 'Sales',
      displayOrder: 0,
      archived: false,
      stages: [
        stage('appointmentscheduled', 'false', '0.2', 0),
        // Relabelled by an administrator: the id says won, the account says nothing is closed.
        stage('closedwon', 'false', '0.6', 1),
        stage('5005', 'true', '1.0', 2),
        stage('closedlost', 'true', '0.0', 3),
        stage('parked', 'true', '0.3', 4),
      ],
    },
  ],
};
