import { defineRoute, type Route } from '../platform/http/route.js';
import { chosenMail, mailChoiceShape } from './mail-choice.api.js';
import { chooseMail, mailChoice } from './mail-choice.handler.js';

/** What each person says about the mail they get. */
export function mailChoiceRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/me/mail',
      access: 'any',
      kind: 'read',
      summary: 'Which mail you get, and which you chose not to',
      tags: ['Mail'],
      responses: { 200: mailChoiceShape },
      handle: async ({ db, actor }) => ({ status: 200, body: await mailChoice(db, actor) }),
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/me/mail',
      access: 'any',
      kind: 'write',
      summary: 'Choose which mail you get',
      description:
        'It holds for you alone and from now on. What is withheld is listed with the mail, without its text.',
      tags: ['Mail'],
      body: chosenMail,
      responses: { 200: mailChoiceShape },
      handle: async ({ uow, actor, body }) => {
        await chooseMail(uow, actor, body.off);
        return { status: 200, body: await mailChoice(uow.trx, actor) };
      },
    }),
  ];
}
