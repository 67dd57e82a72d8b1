import { createSignIn, signInPath, type SignIn } from './access/sign-in.handler.js';
import { acceptByProvider, type SendInvitation } from './access/invite-person.handler.js';
import { invitationUrl } from './access/people-wire.js';
import { peopleRoutes } from './access/people.routes.js';
import { createTellOfDispute } from './compose-disputes.js';
import { disputeDueJob } from './desk/dispute.job.js';
import { disputeRoutes } from './desk/dispute.routes.js';
import type { Foundations } from './foundations.js';
import { applicationRejectedMail } from './notices/application-mails.js';
import { mailChoiceRoutes } from './notices/mail-choice.routes.js';
import { mailRoutes } from './notices/mail.routes.js';
import { waitingMails } from './notices/mail.store.js';
import { sendMailJob } from './notices/notices.job.js';
import { mayMailKnown } from './notices/mail-limit.handler.js';
import { createPostMail, sendMailWork, type PostMail } from './notices/post-mail.handler.js';
import { createSendMail } from './notices/send-mail.handler.js';
import { invitationMail, signInMail } from './notices/sign-in-mails.js';
import { applicationRoutes } from './partners/application.routes.js';
import { partnerPeopleRoutes } from './partners/partner-people.routes.js';
import { findPartner } from './partners/partner.store.js';
import type { Reader } from './platform/database.js';
import type { MountedPages } from './platform/http/http-app.js';
import type { Route } from './platform/http/route.js';
import type { Transact, UnitOfWork } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { loadProgram } from './program/program.store.js';
import { companyDomain, companyKey } from './registration/matching.js';

/** Everything about people: the way in, who comes in, and the mail that reaches them. */
export interface Access {
  readonly routes: readonly Route[];
  readonly pages: readonly MountedPages[];
  readonly jobs: readonly WorkKind<null>[];
  readonly sessionOf: SignIn['sessionOf'];
  readonly sendInvitation: SendInvitation;
  readonly post: PostMail;
  /** Mail that waited for a mail server goes out when the service starts with one. */
  hurryMails(uow: UnitOfWork): Promise<void>;
}

export function composeAccess(core: Foundations & { readonly transact: Transact }): Access {
  const { database, settings, secrets, transact, publicUrl } = core;
  const { db } = database;
  const { smtpUrl, mailFrom, identityProvider } = settings;
  const programName = async (reader: Reader): Promise<string> => (await loadProgram(reader)).settings.publicName;
  const post = createPostMail({ secrets, publicUrl });
  const signIn = createSignIn({
    db,
    secrets,
    publicUrl,
    identityProvider,
    log: core.log,
    acceptByProvider: (email) => transact((uow) => acceptByProvider(uow, email)),
    sendLink: (link) =>
      transact(async (uow) => {
        // Whoever knows an address must not fill its mailbox.
        if (!(await mayMailKnown(uow, link.kind, link.email))) return;
        const content = signInMail({ ...link, programName: await programName(uow.trx) });
        await post(uow, { topic: link.kind, to: link.email, personId: link.personId, content });
      }),
  });
  const sendInvitation: SendInvitation = async (uow, { name, email, partner_id: partnerId, token }) => {
    const partner = partnerId === null ? undefined : await findPartner(uow.trx, partnerId);
    const content = invitationMail({
      name,
      programName: await programName(uow.trx),
      partnerName: partner?.name ?? null,
      url: invitationUrl(publicUrl(), token),
    });
    await post(uow, { topic: 'invitation', to: email, personId: null, content });
  };
  const sender = async () => ({
    name: await programName(db),
    address: mailFrom ?? `no-reply@${new URL(publicUrl()).hostname}`,
  });
  const people = { publicUrl, sendInvitation };
  const tellOfDispute = createTellOfDispute({ post, publicUrl, programName });
  const applications = applicationRoutes({
    keys: { companyDomain, companyKey },
    sendInvitation,
    sendRejection: async (uow, { email, reason }) => {
      const content = applicationRejectedMail({ reason, programName: await programName(uow.trx) });
      await post(uow, { topic: 'application', to: email, personId: null, content });
    },
  });
  return {
    routes: [
      ...peopleRoutes(people),
      ...partnerPeopleRoutes(people),
      ...mailRoutes(secrets),
      ...mailChoiceRoutes(),
      ...applications,
      ...disputeRoutes(tellOfDispute),
    ],
    pages: [{ path: signInPath, router: signIn.router }],
    jobs: [
      disputeDueJob({ db, clock: core.clock }),
      sendMailJob(createSendMail({ db, transact, secrets, smtpUrl, sender })),
    ],
    sessionOf: signIn.sessionOf,
    sendInvitation,
    post,
    hurryMails: async (uow) => {
      if (smtpUrl === null) return;
      const ids = await waitingMails(uow.trx);
      await uow.enqueue(ids.map((key) => ({ kind: sendMailWork, key })));
    },
  };
}
