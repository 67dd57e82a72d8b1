import {
  signatureV1,
  signatureV2,
  signatureV3,
  uriForV3,
} from '../../../../../connectors/hubspot/simulator/webhooks/signature.js';

// The vectors are those of the facts sheet, section 13, taken from HubSpot's own documentation.
describe('a signature', () => {
  it('of version 1 covers the body', () => {
    const body =
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
    expect(signatureV1('yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy', body)).toBe(
      '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
    );
  });

  it.each([
    ['GET', '', 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e'],
    ['POST', '{"example_field":"example_value"}', '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900'],
  ])('of version 2 covers method, address and body: %s', (method, body, expected) => {
    const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
    expect(signatureV2(secret, { method, uri: 'https://www.example.com/webhook_uri', body })).toBe(expected);
  });

  it.each([
    ['REQUEST_BODY', 'jf872r5vscVcxCiDRHA4rGrqe/8BPLNVkdJSHdMnGTU='],
    ['', 'csXgk7UbrE9F8ZmMvbpuKBxqIvTSqU1EX9pI/SJtxSE='],
  ])('of version 3 covers the time too: body "%s"', (body, expected) => {
    const request = { method: 'POST', uri: 'https://www.hubspot.com/webhook', body };
    expect(signatureV3('f6e94c08-85d0-4608-bcc6-e1850176e7b8', request, 1632188626483)).toBe(expected);
  });

  it('of version 3 covers the query', () => {
    const request = { method: 'GET', uri: 'https://hubspot.com/?appId=1&portalId=2&userId=3', body: '' };
    expect(signatureV3('12345678-aaaa-bbbb-cccc-ddddeeeeffff', request, 1111111111)).toBe(
      'zTfXjo07jfzGouo4wvyAj3qEMUTVJ0PPYPACrluQtQI=',
    );
  });

  it('of version 3 decodes some escapes of the address and no others', () => {
    expect(uriForV3('https://x.example/a%20b?mail=ida%40b.example&q=%2c%26%3D%25%3a')).toBe(
      'https://x.example/a%20b?mail=ida@b.example&q=,%26%3D%25:',
    );
  });
});
