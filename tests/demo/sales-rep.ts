import type { HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';

/** What the sales rep does and sees in HubSpot. */
export interface SalesRep {
  /** The stages of the default pipeline on the way to closed-won, in order. */
  stagesToWon(): Promise<readonly { readonly id: string; readonly label: string }[]>;
  moveDeal(dealId: string, properties: Readonly<Record<string, string>>): Promise<void>;
  readDeal(dealId: string): Promise<Readonly<Record<string, string | null>>>;
  countRecords(): Promise<{ readonly contacts: number; readonly companies: number; readonly deals: number }>;
  countCalls(): Promise<Readonly<Record<string, number>>>;
}

interface Pipelines {
  readonly results: readonly {
    readonly stages: readonly {
      readonly id: string;
      readonly label: string;
      readonly metadata: { readonly isClosed: string; readonly probability: string };
    }[];
  }[];
}

/** A rep who works in the simulated HubSpot. */
export function salesRep(hubspot: HubspotSimulator): SalesRep {
  return {
    stagesToWon: async () => {
      const answer = await fetch(`${hubspot.url}/crm/v3/pipelines/deals`, {
        headers: { authorization: `Bearer ${hubspot.accessToken}` },
      });
      const { results } = (await answer.json()) as Pipelines;
      const stages = results[0]?.stages ?? [];
      return stages.filter((stage) => Number(stage.metadata.probability) > 0);
    },
    moveDeal: (dealId, properties) => {
      hubspot.person.updateRecord('deals', dealId, properties);
      return Promise.resolve();
    },
    readDeal: (dealId) => Promise.resolve(hubspot.person.record('deals', dealId)?.properties ?? {}),
    countRecords: () =>
      Promise.resolve({
        contacts: hubspot.person.records('contacts').length,
        companies: hubspot.person.records('companies').length,
        deals: hubspot.person.records('deals').length,
      }),
    countCalls: () => Promise.resolve({ ...hubspot.calls() }),
  };
}
