import nock from 'nock';

// nock activates on import and jest's module isolation does not undo that, so a file that merely imports it would leave a
// second interceptor in the worker and the next file would get two answers glued together. Hence on and off for every file.
beforeAll(() => {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
});

afterEach(() => {
  nock.cleanAll();
});

afterAll(() => {
  nock.restore();
});
