import type { CrmDeal, DealOutcome, StageChange } from '../../connectors/contract.js';
import { wonMoment } from '../../src/watch/won-moment.js';

const observedAt = '2026-03-31T12:00:00.000Z';

function change(at: string, outcome: DealOutcome): StageChange {
  return { at: `2026-03-${at}T10:00:00.000Z`, stageId: `${outcome}-stage`, outcome };
}

function deal(outcome: DealOutcome, stageHistory: readonly StageChange[] | null): CrmDeal {
  return {
    crmDealId: '1',
    name: null,
    pipelineId: 'default',
    stageId: `${outcome}-stage`,
    stageLabel: null,
    outcome,
    amount: null,
    currency: null,
    closeDate: null,
    ownerId: null,
    registrationId: null,
    partner: null,
    mergedIds: [],
    createdAt: null,
    modifiedAt: '2026-03-30T00:00:00.000Z',
    stageHistory,
    fields: {},
  };
}

describe('when a deal was won', () => {
  it('is the moment it entered the won stages it is in now', () => {
    const history = [change('01', 'open'), change('05', 'won'), change('07', 'open'), change('09', 'won')];
    expect(wonMoment(null, deal('won', history), observedAt)).toEqual({
      kind: 'known',
      at: '2026-03-09T10:00:00.000Z',
    });
  });

  it('does not move when the deal goes from one won stage to another', () => {
    const history = [change('01', 'open'), change('05', 'won'), change('09', 'won')];
    expect(wonMoment(null, deal('won', history), observedAt)).toEqual({
      kind: 'known',
      at: '2026-03-05T10:00:00.000Z',
    });
  });

  it('stands once known, although a truncated history has forgotten it', () => {
    const known = { outcome: 'won', stageId: 'won-stage', wonAt: '2026-02-01T00:00:00.000Z' };
    const history = [change('05', 'won'), change('09', 'won')];
    expect(wonMoment(known, deal('won', history), observedAt)).toEqual({ kind: 'known', at: known.wonAt });
  });

  it('is a new one when the deal was reopened and won again between two looks', () => {
    const known = { outcome: 'won', stageId: 'won-stage', wonAt: '2026-03-05T10:00:00.000Z' };
    const history = [change('05', 'won'), change('07', 'open'), change('09', 'won')];
    expect(wonMoment(known, deal('won', history), observedAt)).toEqual({
      kind: 'known',
      at: '2026-03-09T10:00:00.000Z',
    });
  });

  it('does not move when another deal is merged into it, because the history is then that of two deals', () => {
    const known = { outcome: 'won', stageId: 'won-stage', wonAt: '2026-03-05T10:00:00.000Z' };
    const mixed = [change('05', 'won'), change('06', 'open'), change('07', 'won')];
    const survivor = { ...deal('won', mixed), mergedIds: ['1', '2'] };
    expect(wonMoment(known, survivor, observedAt)).toEqual({ kind: 'known', at: known.wonAt });
  });

  it('does not move when the history ends in an open stage although the deal is won', () => {
    const known = { outcome: 'won', stageId: 'won-stage', wonAt: '2026-03-05T10:00:00.000Z' };
    const history = [change('05', 'won'), change('06', 'open')];
    expect(wonMoment(known, deal('won', history), observedAt)).toEqual({ kind: 'known', at: known.wonAt });
  });

  it('asks for the history when a deal is won that was not known to be', () => {
    expect(wonMoment(null, deal('won', null), observedAt)).toEqual({ kind: 'history-needed' });
  });

  it('needs no history for a win that is known and undisturbed', () => {
    const known = { outcome: 'won', stageId: 'won-stage', wonAt: '2026-03-05T10:00:00.000Z' };
    expect(wonMoment(known, deal('won', null), observedAt)).toEqual({ kind: 'known', at: known.wonAt });
  });

  it('falls back to the last change when the CRM keeps no history', () => {
    expect(wonMoment(null, deal('won', []), observedAt)).toEqual({ kind: 'known', at: '2026-03-30T00:00:00.000Z' });
  });

  it.each<DealOutcome>(['open', 'lost'])('is never for a deal that is %s', (outcome) => {
    expect(wonMoment(null, deal(outcome, [change('05', 'won')]), observedAt)).toEqual({ kind: 'not-won' });
  });
});
