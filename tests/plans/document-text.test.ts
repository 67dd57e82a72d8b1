import { readDocumentText } from '../../src/plans/document-text.js';

/** What is said about a text that is not read, as sentences; the value where it is read. */
function readingOf(text: string): unknown {
  const reading = readDocumentText(text, 'plan', 10_000);
  return reading.kind === 'read' ? reading.value : reading.faults.map(({ message }) => message);
}

describe('a document that is not YAML', () => {
  it.each([
    ['a list that is not closed', 'plan: [a', 'line 1: "plan: [a" is not readable; expected a closing ] for the ['],
    ['a plan in JSON that is not closed', '{\n"plan": "a",\n', 'line 3: the text ends too soon; expected a closing }'],
    [
      'a comma left out in JSON',
      '{\n"plan": "a"\n"on": "b"\n}',
      'line 3: "\\"on\\": \\"b\\"" is not readable; expected a comma',
    ],
    ['a quote left out', 'plan: "a', 'line 1: "plan: \\"a" is not readable; expected a closing quote.'],
    ['an item out of its column', 'a:\n  - b: 1\n   c: 2\n', 'line 3: "c: 2" is not readable; expected a `- `'],
    ['a tab', 'a:\n\t- b\n', 'line 2: "- b" is not readable; expected spaces before what is in the line, not a tab.'],
    ['a colon inside a text', 'a: b: c\n', 'line 1: "a: b: c" is not readable; expected one field in a line'],
    ['a text that begins with @', 'a: @b\n', 'line 1: "a: @b" is not readable; expected quotes around a value'],
    ['a second document', 'a: 1\n---\na: 2\n', 'line 2: "---" is not readable; expected one document in a file'],
    ['a field that is there twice', 'a: 1\nb: 2\na: 3\n', 'line 3: a is there twice; expected each field once.'],
    ['a field twice in one line', 'x: { a: 1, "a": 3 }\n', 'line 1: "a" is there twice; expected each field once.'],
    [
      'a space from a word processor',
      'a:\u00a01\nb: 2\n',
      'line 1: "a:\u00a01" is not readable; expected ordinary spaces',
    ],
    [
      'a file in another encoding',
      'a\u0000: 1\u0000',
      'line 1: the plan is not readable; expected a text file, saved as UTF-8.',
    ],
  ])('is refused with its line, what stands there and what helps: %s', (_what, text, start) => {
    expect(readingOf(text)).toEqual([expect.stringContaining(start)]);
  });
});

describe('a value that may not be what it seems', () => {
  it.each([
    ['a: 1e3', 'line 1: a is 1e3; expected a plain decimal'],
    ['a: 1.5e3', 'line 1: a is 1.5e3; expected a plain decimal'],
    ['a: 0x1F', 'line 1: a is 0x1F; expected a plain decimal'],
    ['a: 0o17', 'line 1: a is 0o17; expected a plain decimal'],
    ['a: 017', 'line 1: a is 017; expected a plain decimal'],
    ['a: .inf', 'line 1: a is .inf; expected a plain decimal'],
    ['a: .nan', 'line 1: a is .nan; expected a plain decimal'],
    ['a: 1234567890123456', 'line 1: a is 1234567890123456; expected at most 15 digits, or the number in quotes.'],
    ['a:\n  - b: -1234567890123456', 'line 2: a[0].b is -1234567890123456; expected at most 15 digits'],
    ['a: !!binary aGk=', 'line 1: a is !!binary; expected a value without a `!` before it'],
    ['a: !money 5', 'line 1: a is !money; expected a value without a `!` before it'],
    ['a: &x { b: 1 }\nc: { <<: *x }', 'line 2: c.<< is <<; expected the fields themselves'],
    ['b: 1\na: *x', 'line 2: a is *x; expected a name that stands behind a `&` further up'],
    ['? [a, b]\n: 1', 'line 1: plan is ? …; expected names of fields'],
  ])('is refused: %s', (text, start) => {
    expect(readingOf(text)).toEqual([expect.stringContaining(start)]);
  });

  it('is refused wherever it stands, all of them at once', () => {
    expect(readingOf('a: 0x10\nb: [1, 1e2]\n')).toEqual([
      expect.stringContaining('line 1: a is 0x10'),
      expect.stringContaining('line 2: b[1] is 1e2'),
    ]);
  });

  it('is taken as the text it is where it stands in quotes', () => {
    expect(readingOf('a: "0x1F"\nb: "017"\nc: \'1234567890123456\'\n')).toEqual({
      a: '0x1F',
      b: '017',
      c: '1234567890123456',
    });
  });
});

describe('a document that is read', () => {
  it('may say something once and refer to it', () => {
    expect(readingOf('a: &x { b: 1 }\nc: *x\n')).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  it('keeps every decimal of a number', () => {
    expect(readingOf('[1, -5, +7, 0.10, .5, 33.333333333333333333]')).toEqual([
      1,
      -5,
      7,
      '0.10',
      '0.5',
      '33.333333333333333333',
    ]);
  });

  it('may come from another system: with a mark before it and its own ends of lines', () => {
    expect(readingOf('\uFEFFa: 1\r\nb: 2\r\n')).toEqual({ a: 1, b: 2 });
  });
});
