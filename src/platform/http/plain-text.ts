/**
 * Characters that are not seen and change what others look like: control characters, line separators, halves of surrogate
 * pairs, and those that force the direction of writing. The marks of right-to-left scripts and joiners have their use.
 */
const hidden = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const lineBreak = /[\t\n\r]/g;

/** Words for what `isLine` wants, to go on after "must be". */
export const lineWords =
  'text on one line, without control characters or characters that change the direction of writing';

/** Words for what `isPlainText` wants, to go on after "must be". */
export const plainTextWords = 'text without control characters or characters that change the direction of writing';

/** Whether a name reads as it is written: on one line and without hidden characters. */
export function isLine(text: string): boolean {
  return text.search(hidden) < 0;
}

/** Whether a longer text, which may have lines and tabs, holds no hidden character. */
export function isPlainText(text: string): boolean {
  return isLine(text.replace(lineBreak, ''));
}

/** The text without its hidden characters; lines and tabs stay. */
export function withoutHidden(text: string): string {
  return text.replace(hidden, (character) => (isPlainText(character) ? character : ''));
}
