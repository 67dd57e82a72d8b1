/** What a mail says, in blocks that become text and HTML alike. */
export interface MailContent {
  readonly subject: string;
  /** Paragraphs before the link. */
  readonly words: readonly string[];
  readonly link: { readonly label: string; readonly url: string } | null;
  /** Paragraphs after the link. */
  readonly after: readonly string[];
}

export interface MailBody {
  readonly text: string;
  readonly html: string;
}

/** Why one gets a mail, and the page on which one chooses. */
export interface MailFooter {
  readonly why: string;
  readonly url: string;
}

const choose = 'Choose which mail you get';

/** A mail as text and as HTML that looks the same everywhere: no pictures, no styles of ours, nothing that loads. */
export function mailBody({ words, link, after }: MailContent, footer: MailFooter | null = null): MailBody {
  const linkText = link === null ? [] : [`${link.label}:\n${link.url}`];
  const linkHtml = link === null ? [] : [`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`];
  const paragraph = (one: string): string => `<p>${escaped(one)}</p>`;
  const footerText = footer === null ? [] : [`-- \n${footer.why}\n${choose}:\n${footer.url}`];
  const footerHtml =
    footer === null
      ? []
      : ['<hr>', `<p><small>${escaped(footer.why)} <a href="${escaped(footer.url)}">${choose}</a></small></p>`];
  return {
    text: `${[...words, ...linkText, ...after, ...footerText].join('\n\n')}\n`,
    html: [...words.map(paragraph), ...linkHtml, ...after.map(paragraph), ...footerHtml].join('\n'),
  };
}

/** A subject is one line, whatever names stand in it: a line of its own would be a header of the sender's choice. */
export function subjectLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longestSubject);
}

const longestSubject = 200;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
