import { isWebOrigin } from '../../src/program/web-origin.js';

describe('the origin of a site', () => {
  it.each(['https://acme.com', 'https://www.acme.com:8443', 'http://localhost:3000', 'http://127.0.0.1:8080'])(
    'may be %s',
    (origin) => {
      expect(isWebOrigin(origin)).toBe(true);
    },
  );

  it.each([
    'acme.com',
    'http://acme.com',
    'https://acme.com/',
    'https://acme.com/form',
    'https://ACME.com',
    'https://*.acme.com',
    'https://a.com https://b.com',
    "https://a.com; script-src 'unsafe-inline'",
    'https://user@acme.com',
    'null',
    '*',
    'javascript:alert(1)',
  ])('is not %s', (origin) => {
    expect(isWebOrigin(origin)).toBe(false);
  });
});
