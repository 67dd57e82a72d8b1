import { isSolved, largestNumber, newChallenge } from '../../src/registration/proof-of-work.js';
import { solvedForm } from '../support/solved-form.js';

const now = new Date('2026-11-10T12:00:00Z');
const later = new Date('2026-11-11T12:00:00Z');
const submission = '0f8fad5b-d9cb-469f-a165-70867728950e';
const key = 'a key';

const sent = { partnerId: 'par_1', linkToken: 'link', submission };

const challenge = newChallenge(key, { nonce: 'nonce', number: 321, page: sent, expiresAt: later });
const page = `name="submission" value="${submission}" data-challenge="${JSON.stringify(challenge).replaceAll('"', '&quot;')}"`;
const { altcha } = solvedForm(page);
const changed = (change: object) => {
  const payload = JSON.parse(Buffer.from(altcha, 'base64').toString()) as object;
  return Buffer.from(JSON.stringify({ ...payload, ...change })).toString('base64');
};

describe('the check against robots', () => {
  it('takes what a browser found for this page', () => {
    expect(isSolved(key, altcha, sent, now)).toBe(true);
  });

  it('takes it for no other page, not too late, and of no other service', () => {
    expect(isSolved(key, altcha, { ...sent, submission: submission.replace('0', '1') }, now)).toBe(false);
    expect(isSolved(key, altcha, sent, later)).toBe(false);
    expect(isSolved('another key', altcha, sent, now)).toBe(false);
  });

  it.each([{ partnerId: 'par_2' }, { linkToken: 'another link' }])('takes it at no other link: %j', (other) => {
    expect(isSolved(key, altcha, { ...sent, ...other }, now)).toBe(false);
  });

  it.each([
    ['another number', changed({ number: 322 })],
    ['a number beyond the largest', changed({ number: largestNumber + 1 })],
    ['a salt that lasts longer', changed({ salt: challenge.salt.replace('expires=1', 'expires=9') })],
    ['another signature', changed({ signature: '0'.repeat(64) })],
    ['another algorithm', changed({ algorithm: 'SHA-1' })],
    ['nothing', ''],
    ['no base64', '%%%'],
    ['a list', [altcha]],
  ])('refuses %s', (_, payload) => {
    expect(isSolved(key, payload, sent, now)).toBe(false);
  });
});
