import { createScrubber, erasedMark, type Person } from '../../src/platform/personal-data.js';

const person: Person = {
  addresses: ['ann-marie.o+x@acme-group.com'],
  names: [{ first: 'Ann-Marie', last: "O'Neil (jr.)" }],
  phones: ['+49 30 123 4567'],
  ids: [],
  keys: [],
};
const scrubber = createScrubber(person);

describe('what names a person', () => {
  it.each([
    'ann-marie.o+x@acme-group.com',
    'ANN-MARIE.O+X@ACME-GROUP.COM',
    'ann-marie.o+x%40acme-group.com',
    '+49 30 123 4567',
    '0049301234567',
    '+49 (30) 123-4567',
    "Ann-Marie O'Neil (jr.)",
    "o'neil (jr.),  ann-marie",
  ])('is taken out of words wherever they stand: %s', (trace) => {
    expect(scrubber.text(`Call ${trace} today.`, 'both-names')).toBe(`Call ${erasedMark} today.`);
  });

  it.each(['030 123 4567', '030/1234567'])('is found without its country, too: %s', (trace) => {
    expect(scrubber.text(`Call ${trace} today.`, 'both-names')).toMatch(/^Call \[erased\] ?today\.$/);
  });

  it('is one part of the name alone only where the words are about the person', () => {
    expect(scrubber.text('Ann-Marie agreed.', 'both-names')).toBe('Ann-Marie agreed.');
    expect(scrubber.text('Ann-Marie agreed.', 'about')).toBe(`${erasedMark} agreed.`);
  });

  it('with one name alone is found by it only where the words are about the person: it may be a word', () => {
    const known = createScrubber({ ...person, names: [{ first: 'Anna', last: '' }] });
    expect(known.text('Anna Berg of another customer', 'both-names')).toBe('Anna Berg of another customer');
    expect(known.text('Anna agreed.', 'about')).toBe(`${erasedMark} agreed.`);
  });

  it.each([
    'joann-marie.o+x@acme-group.com',
    'ann-marie.o+x@acme-group.com.au',
    'ann-marie.o+x@acme-groups.com',
    '9+49 30 123 45678',
    'Joann-Marie left',
    '31000000001',
  ])('is not somebody else, nor a number that looks like it: %s', (other) => {
    expect(scrubber.text(other, 'about')).toBe(other);
  });

  it('is found in every text of a JSON value, whose numbers and names stay', () => {
    const value = { to: ['ann-marie.o+x@acme-group.com', 5], amount: '12.00', by: { note: 'fine' }, none: null };
    expect(scrubber.json(value, 'address-only')).toEqual({ ...value, to: [erasedMark, 5] });
  });

  it('taken out once is not there to be taken out again', () => {
    const once = scrubber.text('Ann-Marie, +49 30 123 4567', 'about');
    expect(scrubber.text(once, 'about')).toBe(once);
  });
});
