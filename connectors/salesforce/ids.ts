const suffixLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const shortLength = 15;
const blockLength = 5;

/** The first three characters of an id say what kind of record it is. */
const prefixes = { Account: '001', Contact: '003', Opportunity: '006', Lead: '00Q' } as const;

export type ObjectName = keyof typeof prefixes;

/**
 * A record id in its 18-character form, in which ids may be compared without regard to case. People and exports know the
 * 15-character form, too. `null` for what is no id.
 */
export function fullId(text: string): string | null {
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(text)) return null;
  const short = text.slice(0, shortLength);
  return short + suffixOf(short);
}

/** One character for each block of five: bit i is set when the block's character i is a capital letter. */
function suffixOf(short: string): string {
  return [0, 1, 2]
    .map((block) => {
      const bits = [0, 1, 2, 3, 4].reduce(
        (sum, place) => sum + (/[A-Z]/.test(short.charAt(block * blockLength + place)) ? 1 << place : 0),
        0,
      );
      return suffixLetters.charAt(bits);
    })
    .join('');
}

/** Whether the id is one of that kind of record. */
export function isIdOf(object: ObjectName, id: string): boolean {
  return id.startsWith(prefixes[object]);
}
