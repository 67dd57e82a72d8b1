import { strangerLimit } from '../../src/notices/mail-limit.handler.js';
import { createPostMail } from '../../src/notices/post-mail.handler.js';
import { eachDatabase } from '../support/databases.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

eachDatabase('mail to addresses that anybody may have typed', (open) => {
  let service: RunningService;

  beforeAll(async () => {
    service = await startRunningService({ open, until: 'listening' });
  });
  afterAll(() => service.close());

  const content = { subject: 's', words: ['w'], link: null, after: [] };
  const ask = (address: string) =>
    service.internals.composition.transact((uow) => strangerLimit(uow, 'receipt', address));
  const send = async (...addresses: readonly string[]) => {
    const { composition, foundations } = service.internals;
    const post = createPostMail(foundations);
    await composition.transact(async (uow) => {
      for (const to of addresses) await post(uow, { topic: 'receipt', to, personId: null, toStranger: true, content });
    });
  };

  it('goes to one mailbox three times a day, however Google lets its address be written', async () => {
    await send('a.n.n@gmail.com', 'ann+1@gmail.com', 'Ann@GoogleMail.com');
    expect(await ask('an.n@gmail.com')).toBe('mailbox');
    expect(await ask('an.n@acme.test')).toBeNull();
  });

  it('goes a hundred times an hour to all of them together', async () => {
    await send(...Array.from({ length: 96 }, (_, index) => `stranger${String(index)}@acme.test`));
    expect(await ask('last@acme.test')).toBeNull();
    await send('last@acme.test');
    expect(await ask('one-too-many@acme.test')).toBe('all-together');
    await service.db
      .updateTable('mails')
      .set({ created_at: new Date(Date.now() - 2 * 3_600_000) })
      .execute();
    expect(await ask('an-hour-later@acme.test')).toBeNull();
  });
});
