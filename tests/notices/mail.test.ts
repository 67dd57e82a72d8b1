import { mailBody, subjectLine } from '../../src/notices/mail.js';

const content = { subject: 'x', words: ['Hello <script>alert(1)</script>,'], link: null, after: [] };

describe('a mail', () => {
  it('shows markup in names as text', () => {
    expect(mailBody(content).html).toBe('<p>Hello &lt;script&gt;alert(1)&lt;/script&gt;,</p>');
    expect(mailBody(content).text).toBe('Hello <script>alert(1)</script>,\n');
  });

  it('says the same as text and as HTML, its link included', () => {
    const link = { label: 'Accept', url: 'https://p.test/join/a?b="c"&d' };
    const { text, html } = mailBody({ ...content, words: ['Hello'], link, after: ['Bye'] });
    expect(text).toBe('Hello\n\nAccept:\nhttps://p.test/join/a?b="c"&d\n\nBye\n');
    expect(html).toBe(
      '<p>Hello</p>\n<p><a href="https://p.test/join/a?b=&quot;c&quot;&amp;d">Accept</a></p>\n<p>Bye</p>',
    );
  });

  it('says under it why one gets it, and where one chooses, as text and as HTML', () => {
    const footer = { why: 'You are <one> of them.', url: 'https://p.test/my-mail' };
    const { text, html } = mailBody({ ...content, words: ['Hello'] }, footer);
    expect(text).toBe('Hello\n\n-- \nYou are <one> of them.\nChoose which mail you get:\nhttps://p.test/my-mail\n');
    expect(html).toContain(
      'You are &lt;one&gt; of them. <a href="https://p.test/my-mail">Choose which mail you get</a>',
    );
  });

  it('has a subject of one line, whatever a name brings along', () => {
    expect(subjectLine('You are invited to Acme\r\nBcc: all@x.test')).toBe('You are invited to Acme Bcc: all@x.test');
    expect(subjectLine('a'.repeat(500))).toHaveLength(200);
  });
});
