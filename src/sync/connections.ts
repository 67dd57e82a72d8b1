import type { CrmConnector } from '../../connectors/contract.js';

/** The connectors this process has, by connection id. The composition root makes them; nobody else imports a vendor. */
export interface Connections {
  connector(connectionId: string): CrmConnector | undefined;
}
