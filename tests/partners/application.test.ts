import { isOwnDomain, websiteHost } from '../../src/partners/application.js';

describe('the website of an applicant', () => {
  it.each([
    ['www.acme.com', 'www.acme.com'],
    ['https://Acme.com/partners', 'acme.com'],
    ['http://bücher.example', 'xn--bcher-kva.example'],
  ])('%s is on %s', (typed, host) => {
    expect(websiteHost(typed)).toBe(host);
  });

  it.each([
    '',
    'acme',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://acme.com',
    'https://u:p@acme.com',
    '=1+1',
    'a b.c',
  ])('%j is none that a browser should open', (typed) => {
    expect(websiteHost(typed)).toBeNull();
  });

  it('says nothing of the company where thousands have a page', () => {
    expect(isOwnDomain('linkedin.com')).toBe(false);
    expect(isOwnDomain('acme.com')).toBe(true);
  });
});
