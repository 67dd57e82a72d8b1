import { z } from 'zod';
import { pageQuery, readCursor, toPage } from '../../../src/platform/http/page.js';
import { MalformedRequest } from '../../../src/platform/http/request-errors.js';

const query = z.strictObject(pageQuery);
const position = z.object({ afterId: z.string() });
const rows = (count: number): { id: string }[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${String(index)}` }));
const page = (count: number, limit: number) =>
  toPage(
    rows(count),
    limit,
    (row) => ({ afterId: row.id }),
    (row) => row.id,
  );

describe('a list that comes in pages', () => {
  it('has 50 items a page unless asked for 1 to 200', () => {
    expect(query.parse({})).toEqual({ limit: 50 });
    expect(query.parse({ limit: '200' }).limit).toBe(200);
    expect(['0', '201', '1e2', ' 5', '5.0', '+5', ''].filter((limit) => query.safeParse({ limit }).success)).toEqual(
      [],
    );
  });

  it('goes on after the last item shown, and ends when no row is left', () => {
    const first = page(3, 2);
    expect(first.items).toEqual(['r0', 'r1']);
    expect(readCursor(first.nextCursor ?? undefined, position)).toEqual({ afterId: 'r1' });
    expect(page(2, 2)).toEqual({ items: ['r0', 'r1'], nextCursor: null });
    expect(page(0, 2)).toEqual({ items: [], nextCursor: null });
    expect(readCursor(undefined, position)).toBeUndefined();
  });

  it('takes no cursor but its own', () => {
    const forged = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of ['', 'x', forged(null), forged({}), forged({ afterId: 5 }), forged({ afterId: 'a\0' })]) {
      expect(() => readCursor(cursor, position)).toThrow(MalformedRequest);
    }
  });
});
