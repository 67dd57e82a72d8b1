import type { CrmDeal } from '../../connectors/contract.js';
import {
  concernsCrediting,
  looksChanged,
  observeAbsence,
  observeDeal,
  type DealState,
} from '../../src/watch/deal-change.js';

const seen: CrmDeal = {
  crmDealId: '1',
  name: 'Brightwater',
  pipelineId: 'default',
  stageId: 'qualified',
  stageLabel: 'Qualified',
  outcome: 'open',
  amount: '100.00',
  currency: 'EUR',
  closeDate: '2026-04-01',
  ownerId: '7',
  registrationId: 'reg_1',
  partner: 'Northwind',
  mergedIds: [],
  createdAt: null,
  modifiedAt: '2026-03-01T00:00:00.000Z',
  stageHistory: null,
  fields: { margin: '10', region: null },
};

function stateAfter(deal: CrmDeal): DealState {
  const observation = observeDeal(null, deal, '2026-03-01T00:00:00.000Z');
  if (observation.kind !== 'changed') throw new Error('a new deal is a change');
  return observation.state;
}

describe('noticing that a deal changed', () => {
  const known = stateAfter(seen);

  it('costs nothing when the CRM repeats what is known, such as after our own write', () => {
    expect(observeDeal(known, { ...seen, modifiedAt: '2026-03-09T00:00:00.000Z' }, 'now')).toEqual({
      kind: 'unchanged',
    });
    expect(looksChanged(known, { ...seen, fields: { region: null, margin: '10' } })).toBe(false);
  });

  it('names what changed', () => {
    const observation = observeDeal(known, { ...seen, amount: '120.00', ownerId: '8' }, 'now');
    expect(observation).toMatchObject({ kind: 'changed', changes: ['amount', 'ownerId'], state: { amount: '120.00' } });
  });

  it('notices a change of a mapped field', () => {
    const observation = observeDeal(known, { ...seen, fields: { margin: '12', region: null } }, 'now');
    expect(observation).toMatchObject({ kind: 'changed', changes: ['fields'] });
  });

  it('asks for the stage history before it believes a new win', () => {
    expect(observeDeal(known, { ...seen, outcome: 'won', stageId: 'won' }, 'now')).toEqual({ kind: 'history-needed' });
    expect(looksChanged(known, { ...seen, outcome: 'won', stageId: 'won' })).toBe(true);
  });

  it('asks for the stage history when a won deal changed, because it may have been reopened and won again', () => {
    const won = { ...seen, outcome: 'won', stageId: 'won' } as const;
    const history = [{ at: '2026-03-02T00:00:00.000Z', stageId: 'won', outcome: 'won' }] as const;
    const knownWin = stateAfter({ ...won, stageHistory: history });
    expect(observeDeal(knownWin, won, 'now')).toEqual({ kind: 'unchanged' });
    expect(observeDeal(knownWin, { ...won, amount: '120.00' }, 'now')).toEqual({ kind: 'history-needed' });
    expect(observeDeal(knownWin, { ...won, amount: '120.00', stageHistory: history }, 'now')).toMatchObject({
      kind: 'changed',
      changes: ['amount'],
    });
  });

  it('keeps the values of a deal that was archived, and brings it back when it is restored', () => {
    const archived = observeAbsence(known, 'archived');
    expect(archived).toMatchObject({
      kind: 'changed',
      changes: ['presence'],
      state: { presence: 'archived', amount: '100.00' },
    });
    if (archived.kind !== 'changed') throw new Error('archiving is a change');
    expect(observeDeal(archived.state, seen, 'now')).toMatchObject({ kind: 'changed', changes: ['presence'] });
  });

  it('says nothing of a deal that was never seen and is not found', () => {
    expect(observeAbsence(null, 'missing')).toEqual({ kind: 'unchanged' });
  });

  it('knows a deal that was deleted before it was ever read as gone, and as back once it is restored', () => {
    const deleted = observeAbsence(null, 'archived');
    if (deleted.kind !== 'changed') throw new Error('a deletion is a change');
    expect(deleted.state).toMatchObject({ presence: 'archived', outcome: 'open', amount: null });
    expect(concernsCrediting(null, deleted.state)).toBe(true);
    expect(observeAbsence(deleted.state, 'archived')).toEqual({ kind: 'unchanged' });
    expect(observeDeal(deleted.state, seen, 'now')).toMatchObject({
      kind: 'changed',
      state: { presence: 'present', amount: '100.00' },
    });
  });
});

describe('passing a change on to those who credit partners', () => {
  const open = stateAfter(seen);
  const history = [{ at: '2026-03-02T00:00:00.000Z', stageId: 'won', outcome: 'won' }] as const;
  const won = stateAfter({ ...seen, outcome: 'won', stageHistory: history });
  const lost: DealState = { ...open, outcome: 'lost' };
  const archived: DealState = { ...open, presence: 'archived' };

  it.each([
    ['is seen for the first time and open', null, open],
    ['was open and still is', open, { ...open, amount: '120.00' }],
  ])('is not needed when a deal %s', (_case, known, state) => {
    expect(concernsCrediting(known, state)).toBe(false);
  });

  it.each([
    ['is seen for the first time and won', null, won],
    ['is won', open, won],
    ['was won and is amended', won, { ...won, amount: '120.00' }],
    ['was won and is reopened', won, open],
    ['is lost', open, lost],
    ['was lost and is reopened', lost, open],
    ['is archived', open, archived],
    ['was archived and is restored', archived, open],
    ['is eaten by a merge', open, { ...open, presence: 'merged' as const }],
  ])('is needed when a deal %s', (_case, known, state) => {
    expect(concernsCrediting(known, state)).toBe(true);
  });
});
