import fc from 'fast-check';
import { readStrictXml } from '../../../connectors/salesforce/strict-xml.js';

const limits = { depth: 5, elements: 50 };
const read = (xml: string): ReturnType<typeof readStrictXml> => readStrictXml(xml, limits);

describe('XML from a stranger', () => {
  it('is read with its elements, attributes, texts, comments and character data', () => {
    const xml =
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- a > b --><a:x xmlns:a="u" y=\'1 &lt; 2\'>one<b/>&#x41;&#66;<![CDATA[<&]]></a:x >\n';
    expect(read(xml)).toEqual({
      kind: 'read',
      root: {
        name: 'x',
        attributes: { 'xmlns:a': 'u', y: '1 < 2' },
        children: [{ name: 'b', attributes: {}, children: [], text: '' }],
        text: 'oneAB<&',
      },
    });
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a document type in small letters', '<!doctype a><a/>'],
    ['an entity declaration', '<!ENTITY x SYSTEM "file:///etc/passwd"><a/>'],
    ['an entity that XML does not have', '<a>&xxe;</a>'],
    ['an entity in an attribute', '<a b="&xxe;"/>'],
    ['an entity named like a property of every object', '<a>&constructor;</a>'],
    ['a processing instruction', '<?php echo 1 ?><a/>'],
    ['a second XML declaration', '<a><?xml version="1.0"?></a>'],
  ])('is refused for %s', (_, xml) => {
    expect(read(xml)).toMatchObject({ kind: 'refused', reason: 'forbidden' });
  });

  it.each([
    ['nothing', ''],
    ['no element', '<?xml version="1.0"?>'],
    ['text alone', 'hello'],
    ['an open element', '<a><b></b>'],
    ['elements that cross', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['text behind the root', '<a/>x'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['a loose ampersand', '<a>a & b</a>'],
    ['an unfinished reference', '<a>&amp</a>'],
    ['a character that does not exist', '<a>&#xD800;</a>'],
    ['a NUL', '<a>&#0;</a>'],
    ['an open comment', '<a><!-- </a>'],
    ['open character data', '<a><![CDATA[ </a>'],
    ['too deep a nest', '<a><a><a><a><a><a/></a></a></a></a></a>'],
    ['too many elements', `<a>${'<b/>'.repeat(50)}</a>`],
  ])('is refused for %s', (_, xml) => {
    expect(read(xml)).toMatchObject({ kind: 'refused', reason: 'malformed' });
  });

  it('never costs more than its length, whatever it is', () => {
    const startedAt = performance.now();
    const hostile = ['<a ', '<a b="', '<!--', '<a b=c ', '&', '<a\n', '<?xml ', '<a b = '];
    for (const piece of hostile) read(piece + piece.repeat(100_000));
    for (const piece of [' ', 'b', "b='1' ", '\t\n']) read(`<a ${piece.repeat(200_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' ',
      '"',
      '=',
      '&',
      ';',
      '!',
      '-',
      '[',
      ']',
      '?',
      'xml',
      'CDATA',
      '#x1',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(['read', 'refused']).toContain(read(parts.join('')).kind);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives texts back as they were written', () => {
    const escaped = (text: string): string =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(read(`<a b="${escaped(text)}">${escaped(text)}</a>`)).toMatchObject({
          root: { text, attributes: { b: text } },
        });
      }),
    );
  });
});
