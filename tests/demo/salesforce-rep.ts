import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';

/** What the sales rep does and sees in Salesforce. */
export interface SalesforceRep {
  /** Turns the lead into account, contact and opportunity. @returns the opportunity's id */
  convertLead(leadId: string): string;
  moveOpportunity(opportunityId: string, values: Readonly<Record<string, string | number>>): void;
  read(recordId: string): Readonly<Record<string, unknown>>;
  countRecords(): {
    readonly leads: number;
    readonly accounts: number;
    readonly contacts: number;
    readonly opportunities: number;
  };
  countCalls(): Readonly<Record<string, number>>;
}

/** A rep who works in the simulated Salesforce. */
export function salesforceRep({ person, calls }: Pick<SalesforceSimulator, 'person' | 'calls'>): SalesforceRep {
  return {
    convertLead: (leadId) => {
      const { opportunityId } = person.convertLead({ leadId });
      if (opportunityId === null) throw new Error(`Lead ${leadId} became no opportunity`);
      return opportunityId;
    },
    moveOpportunity: (opportunityId, values) => {
      person.update(opportunityId, values);
    },
    read: (recordId) => person.read(recordId)?.values ?? {},
    countRecords: () => ({
      leads: person.all('Lead').length,
      accounts: person.all('Account').length,
      contacts: person.all('Contact').length,
      opportunities: person.all('Opportunity').length,
    }),
    countCalls: () => ({ ...calls() }),
  };
}
