const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const counterAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Stands for the instance in every id, so that ids look as an org's do. */
const instancePart = '5f000';

/** The three characters that make a 15-character id safe where case is lost: one per block of five, one bit per capital. */
function suffix(id: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = Array.from(id.slice(start, start + 5), (character, index) =>
        /[A-Z]/.test(character) ? 1 << index : 0,
      );
      return suffixAlphabet[bits.reduce((sum, bit) => sum + bit, 0)];
    })
    .join('');
}

/** A 15- or 18-character id as 18 characters; `null` for what is no id. */
export function fullId(text: string): string | null {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text)) return null;
  const short = text.slice(0, 15);
  return short + suffix(short);
}

/** Hands out 18-character ids, ascending within a key prefix. */
export type RecordIds = (keyPrefix: string) => string;

export function createRecordIds(): RecordIds {
  const last = new Map<string, number>();
  return (keyPrefix) => {
    const count = (last.get(keyPrefix) ?? 0) + 1;
    last.set(keyPrefix, count);
    let digits = '';
    for (let rest = count; digits.length < 7; rest = Math.floor(rest / counterAlphabet.length)) {
      digits = `${counterAlphabet[rest % counterAlphabet.length] ?? ''}${digits}`;
    }
    const short = `${keyPrefix}${instancePart}${digits}`;
    return short + suffix(short);
  };
}
