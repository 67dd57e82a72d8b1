import type { Prospect, TestPartner } from '../support/partner-program.js';
import type { RunningService } from '../support/running-service.js';

export const address = 'zoltanka@wrz-forwarding.com';
export const prospect: Prospect = {
  company: { name: 'WRZ Forwarding', domain: 'wrz-forwarding.com' },
  contact: { firstName: 'Zoltanka', lastName: 'Wrzesniewska', email: address },
};
export const phone = '+49 30 5550 1234';
/** Whatever they would be found by. */
export const traces = ['zoltanka', 'wrzesniewska', '5550 1234', '55501234'];

interface World {
  readonly service: RunningService;
  readonly partner: TestPartner;
  /** Registrations by their state. */
  readonly ids: Readonly<Record<string, string>>;
}

/** Has her stand in every place beside the registrations themselves: disputes, mail, problems, work, the audit log, an application. */
export async function leaveTraces({ service, partner, ids }: World): Promise<void> {
  const { db } = service;
  await partner.api.post('/api/v1/disputes', { deal: 'The one of Zoltanka Wrzesniewska', reason: `Ask ${address}` });
  const { id } = await partner.api.post<{ id: string }>('/api/v1/disputes', {
    registrationId: ids['in-review'],
    reason: 'See below.',
  });
  await service.operator.post(`/api/v1/disputes/${id}/messages`, {
    text: `Wrzesniewska says no, call 0${phone.slice(4)}`,
  });
  const now = new Date();
  await db
    .insertInto('mails')
    .values({
      id: 'mail_1',
      topic: 'receipt',
      recipient: address,
      subject: 'For Zoltanka',
      sealed_body: null,
      created_at: now,
      sent_at: now,
    })
    .execute();
  await db
    .insertInto('problems')
    .values({
      ...{
        id: 'prb_1',
        kind: 'refused',
        work_kind: 'find-crm-matches',
        work_key: ids['in-review'] ?? '',
        payload: 'null',
      },
      ...{ subject_type: 'registration', subject_id: ids['in-review'] ?? '', title: 'Refused' },
      ...{ detail: `Contact "${address}" (Zoltanka) is invalid`, created_at: now, last_seen_at: now },
    })
    .execute();
  await db
    .insertInto('work')
    .values({
      ...{
        kind: 'nothing-does-this',
        key: 'x',
        payload: JSON.stringify({ to: address }),
        due_at: new Date('2099-01-01'),
      },
      ...{ last_error: `550 ${address} unknown`, created_at: now },
    })
    .execute();
  await db
    .insertInto('audit_log')
    .values({
      ...{
        at: now,
        actor_kind: 'system',
        action: 'test.note',
        subject_type: 'registration',
        subject_id: ids.won ?? '',
      },
      details: JSON.stringify({ reason: `Wrzesniewska (${address}) called` }),
    })
    .execute();
  await service.as(null).post('/api/v1/applications', {
    company: { name: 'Another one', website: 'www.another-one-of-hers.com', country: 'DE' },
    contact: { name: 'Zoltanka Wrzesniewska', email: address },
    type: 'referral',
    message: 'I am Wrzesniewska.',
  });
}
