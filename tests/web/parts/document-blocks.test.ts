import { blocksOf, spansOf } from '../../../src/web/parts/document-blocks.js';

describe('a longer text', () => {
  it('has headings, lists and paragraphs where Markdown would', () => {
    expect(blocksOf('# Terms\nYou may\nintroduce.\n\n- one\n- two\n\n1. first\n2) second\n\n## Rest')).toEqual([
      { kind: 'heading', level: 3, text: 'Terms' },
      { kind: 'paragraph', text: 'You may\nintroduce.' },
      { kind: 'list', ordered: false, items: ['one', 'two'] },
      { kind: 'list', ordered: true, items: ['first', 'second'] },
      { kind: 'heading', level: 4, text: 'Rest' },
    ]);
  });

  it('keeps everything else as it was written', () => {
    expect(blocksOf('<b>x</b> =1+1 [a](javascript:b)')).toEqual([
      { kind: 'paragraph', text: '<b>x</b> =1+1 [a](javascript:b)' },
    ]);
    expect(blocksOf('')).toEqual([]);
  });

  it('is bold between two pairs of stars', () => {
    expect(spansOf('pay **10 %** of **all')).toEqual([
      { text: 'pay ', bold: false },
      { text: '10 %', bold: true },
      { text: ' of **all', bold: false },
    ]);
  });
});
