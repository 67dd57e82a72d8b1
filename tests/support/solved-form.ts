import { createHash } from 'node:crypto';

/** The hidden fields of a form's page as a browser with scripts sends them: it has solved the page's challenge. */
export function solvedForm(html: string): { readonly submission: string; readonly altcha: string } {
  const submission = /name="submission" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const text = /data-challenge="([^"]+)"/.exec(html)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? '{}';
  const { maxnumber, ...challenge } = JSON.parse(text) as {
    readonly challenge: string;
    readonly salt: string;
    readonly maxnumber: number;
  };
  for (let number = 0; number <= maxnumber; number += 1) {
    const hash = createHash('sha256')
      .update(`${challenge.salt}${String(number)}`)
      .digest('hex');
    if (hash !== challenge.challenge) continue;
    return { submission, altcha: Buffer.from(JSON.stringify({ ...challenge, number })).toString('base64') };
  }
  throw new Error('the page has no challenge that can be solved');
}
