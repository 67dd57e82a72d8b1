import { gzipSync } from 'node:zlib';

/** A request body as it goes over the wire. */
export interface HostileBody {
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

const json = { 'content-type': 'application/json' };
const asJson = (content: HostileBody['content']): HostileBody => ({ content, headers: json });
const bytes = (...values: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);
const gzipped = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(gzipSync(text));
const manyBytes = 300_000;
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** Bodies that no call may take, whatever it is about. */
export const hostileBodies: Readonly<Record<string, HostileBody>> = {
  'broken JSON': asJson('{"name":'),
  'two JSON texts': asJson('{} {}'),
  'single quotes': asJson("{'name':'x'}"),
  'a comment': asJson('{/* */}'),
  null: asJson('null'),
  'a list': asJson('[]'),
  'a list of bodies': asJson('[{"name":"x"}]'),
  'a text': asJson('"name"'),
  'a number': asJson('42'),
  'a number beyond all numbers': asJson('1e999999'),
  true: asJson('true'),
  'a field nobody knows': asJson('{"fieldNobodyKnows":1}'),
  'a prototype': asJson('{"__proto__":{"admin":true}}'),
  'a nested prototype': asJson('{"name":{"__proto__":{"admin":true}}}'),
  'a constructor': asJson('{"constructor":{"prototype":{"admin":true}}}'),
  'a NUL in a name': asJson('{"a\\u0000b":1}'),
  'a NUL in a value': asJson('{"name":"a\\u0000b","note":"\\u0000"}'),
  'a raw NUL': asJson(bytes(0x7b, 0x00, 0x7d)),
  'half a surrogate pair': asJson('{"name":"\\ud83d"}'),
  'half a surrogate pair in a name': asJson('{"\\udc00":1}'),
  'bytes that are not UTF-8': asJson(bytes(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d)),
  'a surrogate in UTF-8': asJson(bytes(0x22, 0xed, 0xa0, 0x80, 0x22)),
  'a thousand levels': asJson(deep(1_000)),
  'a hundred thousand levels': asJson(deep(100_000)),
  'objects forty levels deep': asJson('{"a":'.repeat(40) + '1' + '}'.repeat(40)),
  'more than any body': asJson(`{"name":"${'x'.repeat(manyBytes)}"}`),
  'twenty thousand fields': asJson(`{${Array.from({ length: 20_000 }, (_, index) => `"f${index}":1`).join(',')}}`),
  'a bomb of zeroes': {
    content: gzipped(`"${'0'.repeat(20_000_000)}"`),
    headers: { ...json, 'content-encoding': 'gzip' },
  },
  'gzip that is none': { content: '{}', headers: { ...json, 'content-encoding': 'gzip' } },
  'an unknown encoding': { content: '{}', headers: { ...json, 'content-encoding': 'compress' } },
  'plain text': { content: '{}', headers: { 'content-type': 'text/plain' } },
  XML: { content: '<a/>', headers: { 'content-type': 'application/xml' } },
  'a form': { content: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  'a multipart form': { content: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  'another charset': { content: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } },
  'a content type that is none': { content: '{}', headers: { 'content-type': 'json' } },
};

/** Values that fit no field of ours, in place of one that fits. */
export const hostileValues: Readonly<Record<string, unknown>> = {
  'an object': { $gt: '' },
  'a list of lists': [[]],
  'a NUL': 'a\u0000b',
  'half a surrogate pair': 'a\ud800',
  'a number beyond all numbers': Number.MAX_VALUE,
  'far too much text': 'x'.repeat(150_000),
};

/** Ids and slugs, percent-encoded, that name nothing. */
export const hostileIds: readonly string[] = [
  '%00',
  'reg_%00',
  '%',
  '%zz',
  '%ff%fe',
  '%ed%a0%80',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  "'%20or%20'1'='1",
  '%22;drop%20table%20partners;--',
  '%F0%9F%92%A9',
  'x'.repeat(3_000),
  '__proto__',
  '-1',
  '0',
  '%20',
  'par_00000000000000000000000000',
  '%7Bid%7D',
  'undefined',
];

const cursor = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** Queries no list may take. */
export const hostileQueries: readonly string[] = [
  'cursor=garbage',
  'cursor=',
  `cursor=${cursor({ id: 7 })}`,
  `cursor=${cursor({ id: { $gt: '' } })}`,
  `cursor=${cursor([])}`,
  `cursor=${cursor({ id: 'a\u0000' })}`,
  `cursor=${cursor({ other: 'x' })}`,
  `cursor=${'A'.repeat(5_000)}`,
  'limit=0',
  'limit=-1',
  'limit=1e2',
  'limit=201',
  'limit=999999999999999999999',
  'limit=',
  'limit=NaN',
  'limit=1&limit=2',
  'limit[]=1',
  'unknownParameter=1',
  '__proto__=1',
  'cursor=%ff',
  'cursor=%',
  'cursor=%00',
];
