import { setTimeout as sleep } from 'node:timers/promises';
import { startHttpServer } from '../../../src/platform/http/http-server.js';

describe('the server', () => {
  it('lets a request under way end when it stops, and takes no new one', async () => {
    const server = await startHttpServer((_request, response) => {
      setTimeout(() => response.end('done'), 150);
    }, 0);
    const url = `http://127.0.0.1:${String(server.port)}`;
    const underWay = fetch(url).then((answer) => answer.text());
    await sleep(50);
    const closed = server.close(5_000);
    expect(await underWay).toBe('done');
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });

  it('cuts what does not end in time', async () => {
    const server = await startHttpServer(() => undefined, 0);
    const hanging = fetch(`http://127.0.0.1:${String(server.port)}`).catch(() => 'cut');
    await sleep(50);
    await server.close(100);
    expect(await hanging).toBe('cut');
  });

  it('says so when its port is taken', async () => {
    const server = await startHttpServer(() => undefined, 0);
    await expect(startHttpServer(() => undefined, server.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close(0);
  });
});
