import { isLine, isPlainText, withoutHidden } from '../../../src/platform/http/plain-text.js';

describe('text that people are shown', () => {
  it.each(['Acme', "O'Brien & Søn", 'שלום\u200f', 'می\u200cخواهم', '👩\u200d💻', '株式会社'])('may be %j', (text) => {
    expect([isLine(text), isPlainText(text), withoutHidden(text)]).toEqual([true, true, text]);
  });

  it.each(['a\0b', 'a\u001bb', 'a\u007fb', 'a\u0085b', 'a\u2028b', 'a\u202eb', 'a\u2066b', 'a\ud800b'])(
    'may not hold the character in %j, hidden as it is',
    (text) => {
      expect([isLine(text), isPlainText(text), withoutHidden(text)]).toEqual([false, false, 'ab']);
    },
  );

  it('may have several lines where it is no name', () => {
    const text = 'one\r\n\ttwo';
    expect([isLine(text), isPlainText(text), withoutHidden(text)]).toEqual([false, true, text]);
  });
});
