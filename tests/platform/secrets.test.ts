import { createSecrets, SealedTextUnreadable } from '../../src/platform/secrets.js';

const secrets = createSecrets('a1'.repeat(32));

describe('a sealed secret', () => {
  it('opens to what was sealed', () => {
    for (const text of ['', 'pat-na1-token', 'Zoë ‒ 🙂', 'x'.repeat(10_000)]) {
      expect(secrets.open(secrets.seal(text))).toBe(text);
    }
  });

  it('shows nothing of its text, not even that two are the same', () => {
    expect(secrets.seal('refresh-token')).not.toContain('refresh');
    expect(secrets.seal('refresh-token')).not.toBe(secrets.seal('refresh-token'));
  });

  it('does not open with another key', () => {
    expect(() => createSecrets('b2'.repeat(32)).open(secrets.seal('token'))).toThrow(SealedTextUnreadable);
  });

  it('does not open when a single character was changed', () => {
    const sealed = secrets.seal('token');
    for (let position = 3; position < sealed.length; position += 1) {
      const other = sealed[position] === 'A' ? 'Q' : 'A';
      const altered = sealed.slice(0, position) + other + sealed.slice(position + 1);
      if (Buffer.from(altered.slice(3), 'base64url').equals(Buffer.from(sealed.slice(3), 'base64url'))) continue;
      expect(() => secrets.open(altered)).toThrow(SealedTextUnreadable);
    }
  });

  it.each(['', 'v1', 'v1.', 'v1.AAAA', 'v2.AAAA', 'v1.a.b', 'plain text'])('is not %j', (text) => {
    expect(() => secrets.open(text)).toThrow(SealedTextUnreadable);
  });
});

describe('a derived secret', () => {
  it('is always the same for one purpose and one key, and another for any other', () => {
    const others = [secrets.derive('another'), createSecrets('b2'.repeat(32)).derive('purpose')];
    expect(createSecrets('a1'.repeat(32)).derive('purpose')).toBe(secrets.derive('purpose'));
    expect(others).not.toContain(secrets.derive('purpose'));
    expect(secrets.derive('purpose')).toMatch(/^[\w-]{43}$/);
  });
});
