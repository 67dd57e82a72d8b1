import { CrmRejected } from '../../../connectors/contract.js';
import { data, salesforce } from './fake-salesforce.js';
import { answerStages, createReading, describeObject, stageRows } from './recorded-org.js';

const recordTypes = [
  {
    recordTypeId: '012000000000001AAA',
    name: 'Renewal',
    active: true,
    available: true,
    master: false,
    defaultRecordTypeMapping: false,
  },
  {
    recordTypeId: '012000000000002AAA',
    name: 'New business',
    active: true,
    available: true,
    master: false,
    defaultRecordTypeMapping: true,
  },
  {
    recordTypeId: '012000000000003AAA',
    name: 'Gone',
    active: false,
    available: false,
    master: false,
    defaultRecordTypeMapping: false,
  },
  {
    recordTypeId: '012000000000000AAA',
    name: 'Master',
    active: true,
    available: true,
    master: true,
    defaultRecordTypeMapping: false,
  },
];
const picklist = (id: string) => `${data}/ui-api/object-info/Opportunity/picklist-values/${id}/StageName`;

describe('the stages of an organisation', () => {
  it('mean what their flags say, whatever they are called', async () => {
    describeObject('Opportunity', ['Id']);
    answerStages();
    const { stages } = await createReading().stages.book();
    expect(stages.map(({ id, label, outcome, pipelineId }) => [id, label, outcome, pipelineId])).toEqual([
      ['Prospecting', 'Prospecting', 'open', '012000000000000AAA'],
      ['Angebot', 'Proposal', 'open', '012000000000000AAA'],
      ['Signed', 'Unterschrieben', 'won', '012000000000000AAA'],
      ['Closed Won', 'Not really won', 'lost', '012000000000000AAA'],
    ]);
  });

  it('that are no longer in use are known to histories', async () => {
    describeObject('Opportunity', ['Id']);
    answerStages();
    const book = await createReading().stages.book();
    expect(book.find('Old Stage')).toEqual({ label: 'Old Stage', outcome: 'open' });
    expect(book.find('Renamed since')).toBeUndefined();
  });

  it('are those of each record type, and a new deal begins in the default one', async () => {
    describeObject('Opportunity', ['Id', 'RecordTypeId'], { recordTypeInfos: recordTypes });
    answerStages();
    salesforce()
      .get(picklist('012000000000002AAA'))
      .reply(200, { values: [{ label: 'x', value: 'Angebot' }, { value: 'Signed' }] });
    salesforce()
      .get(picklist('012000000000001AAA'))
      .reply(200, { values: [{ value: 'Prospecting' }] });
    const { stages } = createReading();
    expect((await stages.book()).stages.map(({ id, pipelineId }) => [pipelineId, id])).toEqual([
      ['012000000000002AAA', 'Angebot'],
      ['012000000000002AAA', 'Signed'],
      ['012000000000001AAA', 'Prospecting'],
    ]);
    expect(await stages.initial()).toEqual({ pipelineId: '012000000000002AAA', stageId: 'Angebot' });
  });

  it('are all of them where the organisation does not tell them apart', async () => {
    describeObject('Opportunity', ['Id', 'RecordTypeId'], { recordTypeInfos: recordTypes.slice(0, 1) });
    answerStages();
    salesforce().get(picklist('012000000000001AAA')).reply(404, '<html></html>');
    expect((await createReading().stages.book()).stages).toHaveLength(4);
  });

  it('are asked for once, and an unknown one does not make us ask for every deal', async () => {
    describeObject('Opportunity', ['Id']);
    answerStages();
    const { stages, observations } = createReading();
    await Promise.all([stages.book(), stages.book()]);
    await stages.bookWith(['Signed', 'Removed']);
    await stages.bookWith(['Removed']);
    expect(observations.filter((one) => one.operation === 'read stages')).toHaveLength(1);
  });

  it('without an open one leave a new deal no place to begin, and we say so', async () => {
    describeObject('Opportunity', ['Id']);
    answerStages(stageRows.slice(2));
    await expect(createReading().stages.initial()).rejects.toThrow(CrmRejected);
  });
});
