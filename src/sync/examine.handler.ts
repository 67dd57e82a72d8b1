import type { CrmAccount, CrmFinding } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import { openProblems, resolveProblems, type NewProblem } from '../platform/problems.store.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { Connections } from './connections.js';
import { findConnection, updateConnection, type ConnectionRow } from './connection.store.js';
import { inWords } from './finding-words.js';

/** Kind of the work that looks what a connected CRM lacks. Key: connection id. */
export const examineWork = 'examine';

/** The name of what it found, in the list of problems. Another than the work's own, whose problems close when it goes on. */
export const crmSetupWork = 'crm-setup';

export type ExamineConnection = (connectionId: string) => Promise<readonly CrmFinding[]>;

/**
 * Looks whether a CRM has everything we use, keeps what was found, and opens a problem while a person has something to mend.
 * @throws the connector's failures; what was found before stays then
 */
export function createExamine(deps: {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
  readonly sweepEverySeconds: number;
}): ExamineConnection {
  return async (connectionId) => {
    const connector = deps.connections.connector(connectionId);
    if (connector === undefined) return [];
    const account = await connector.account();
    const { sweepEverySeconds } = deps;
    const found = await connector.examine({ sweepEverySeconds });
    const row = await findConnection(deps.db, connectionId);
    const findings = [...otherAccount(row, account), ...found];
    await deps.transact(async (uow) => {
      await updateConnection(uow.trx, connectionId, { findings: JSON.stringify(findings), examined_at: uow.now });
      const faults = findings.filter(({ level }) => level === 'fault');
      if (faults.length === 0) await resolveProblems(uow.trx, crmSetupWork, [connectionId], uow.now);
      else await openProblems(uow.trx, [problemOf(connectionId, faults)], uow.now);
    });
    return findings;
  };
}

/** Whatever was linked before has ids that mean nothing, or something else, in another account. */
function otherAccount(row: ConnectionRow | undefined, { accountId }: CrmAccount): readonly CrmFinding[] {
  const known = row?.account_id ?? null;
  if (known === null || accountId === null || known === accountId) return [];
  return [
    {
      level: 'fault',
      found: `we are signed in to account ${accountId}, and what was linked so far is in account ${known}`,
      costs: 'linked deals are not found, and their commission may be taken back',
      remedy: `sign in to ${known} again; another account needs an installation of its own`,
    },
  ];
}

function problemOf(connectionId: string, faults: readonly CrmFinding[]): NewProblem {
  return {
    kind: 'refused',
    workKind: crmSetupWork,
    workKey: connectionId,
    payload: null,
    subjectType: 'connection',
    subjectId: connectionId,
    title: 'The CRM lacks something we use',
    detail: faults.map(inWords).join('\n'),
  };
}
