import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../support/eventually.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface MailView {
  readonly to: string;
  readonly text: string | null;
  readonly sentAt: string | null;
}

/** A mail server that keeps what it is handed, or refuses it. */
async function startMailServer() {
  const received: string[] = [];
  const refusal: { now: Error | null } = { now: null };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      done(refusal.now);
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  if (!listening.listening) await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  return { url: `smtp://127.0.0.1:${String(port)}`, received, refusal, close };
}

const invite = (service: RunningService, email: string) =>
  service.operator.post('/api/v1/people', { name: 'Ann', email, role: 'viewer' });
const mailsOf = async (service: RunningService): Promise<readonly MailView[]> =>
  (await service.operator.get<{ items: readonly MailView[] }>('/api/v1/mails')).items;

describe('mail', () => {
  it('goes out through the mail server, once, and is kept no longer than until then', async () => {
    const server = await startMailServer();
    const service = await startRunningService({
      environment: { SMTP_URL: server.url, MAIL_FROM: 'partners@vendor.test' },
    });
    try {
      await invite(service, 'ann@vendor.test');
      await eventually('the mail is there', () => server.received.length === 1);
      await service.settled();
      expect(server.received).toHaveLength(1);
      expect(server.received[0]).toMatch(/^From: .*<partners@vendor.test>/m);
      expect(server.received[0]).toMatch(/^To: ann@vendor.test/m);
      expect(await mailsOf(service)).toMatchObject([{ to: 'ann@vendor.test', text: null, sentAt: expect.any(String) }]);
    } finally {
      await service.close();
      await server.close();
    }
  });

  it('that the server refuses for good is a problem with its words, and goes out when it is tried again', async () => {
    const server = await startMailServer();
    const service = await startRunningService({ environment: { SMTP_URL: server.url } });
    try {
      server.refusal.now = Object.assign(new Error('no such mailbox'), { responseCode: 550 });
      await invite(service, 'bob@vendor.test');
      await service.settled();
      const { items } = await service.operator.get<{
        items: readonly { readonly id: string; readonly title: string; readonly detail: string }[];
      }>('/api/v1/problems');
      expect(items).toMatchObject([
        { title: 'A mail was refused', detail: expect.stringContaining('no such mailbox') },
      ]);
      server.refusal.now = null;
      await service.operator.post(`/api/v1/problems/${items[0]?.id ?? ''}/retry`);
      await eventually('the mail is there', () => server.received.length === 1);
    } finally {
      await service.close();
      await server.close();
    }
  });

  it('waits where operators see it while there is no server', async () => {
    const service = await startRunningService();
    try {
      await invite(service, 'cid@vendor.test');
      await service.settled();
      const [mail] = await mailsOf(service);
      expect(mail).toMatchObject({ to: 'cid@vendor.test', sentAt: null });
      expect(mail?.text).toContain('/join/');
    } finally {
      await service.close();
    }
  });
});
