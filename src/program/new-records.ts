import type { ConnectionRecords } from './new-records.api.js';

/** A connected CRM, as far as settings are held against it. */
export interface ConnectedCrm {
  readonly id: string;
  readonly hasLeads: boolean;
}

export interface RecordsFault {
  readonly field: string;
  readonly value: string;
  readonly expected: string;
}

/** What of the settings for new records no connection could do. */
export function faultsOfNewRecords(
  newRecords: Readonly<Record<string, ConnectionRecords>>,
  connections: readonly ConnectedCrm[],
): readonly RecordsFault[] {
  return Object.entries(newRecords).flatMap(([id, records]) => {
    const connection = connections.find((one) => one.id === id);
    if (connection !== undefined) return connection.hasLeads ? [] : faultsWithoutLeads(id, records);
    const known = connections.map((one) => one.id).join(', ');
    const expected = known === '' ? 'nothing, as no CRM is connected' : `the id of a connection: one of ${known}`;
    return [{ field: `newRecords.${id}`, value: id, expected }];
  });
}

function faultsWithoutLeads(id: string, { registrationsBecome, lead }: ConnectionRecords): readonly RecordsFault[] {
  const faults: RecordsFault[] = [];
  if (registrationsBecome !== undefined && registrationsBecome !== 'deal') {
    const expected = 'deal, as this CRM has no leads';
    faults.push({ field: `newRecords.${id}.registrationsBecome`, value: registrationsBecome, expected });
  }
  if (lead !== undefined) {
    faults.push({
      field: `newRecords.${id}.lead`,
      value: JSON.stringify(lead),
      expected: 'nothing, as this CRM has no leads',
    });
  }
  return faults;
}
