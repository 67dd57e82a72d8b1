import { mailboxOf } from '../../src/notices/mailbox.js';

describe('the mailbox of an address', () => {
  it.each([
    ['Ann@Acme.com', 'ann@acme.com'],
    ['ann+news@acme.com', 'ann@acme.com'],
    ['a.n.n@acme.com', 'a.n.n@acme.com'],
    ['A.n.n+x@Gmail.com', 'ann@gmail.com'],
    ['an.n@googlemail.com', 'ann@gmail.com'],
    ['an.n@gmail.com.evil.test', 'an.n@gmail.com.evil.test'],
  ])('%s is read in %s', (address, mailbox) => {
    expect(mailboxOf(address)).toBe(mailbox);
  });
});
