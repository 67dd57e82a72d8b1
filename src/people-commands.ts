import type { Command } from 'commander';
import { invitePerson } from './access/invite-person.handler.js';
import { invitationUrl } from './access/people-wire.js';
import { newOperator, operatorRole } from './access/people.api.js';
import type { Composition } from './compose.js';
import type { OpenFoundations } from './open-foundations.js';

interface PeopleTalk {
  readonly open: () => Promise<{ readonly composition: Composition; readonly foundations: OpenFoundations }>;
  readonly say: (words: string) => void;
  readonly fail: (words: string) => void;
}

/** Who works with the service. The first operator comes in this way, when there is nobody yet who could invite. */
export function addPeopleCommands(program: Command, talk: PeopleTalk): void {
  program
    .command('operators')
    .description('the people who work with the service')
    .command('invite')
    .argument('<email>', 'the address they will sign in with')
    .requiredOption('--name <name>', 'what they are called')
    .option('--role <role>', `one of ${operatorRole.options.join(', ')}`, 'admin')
    .description('invite an operator: prints the link with which they choose a password')
    .action((email: string, options: { name: string; role: string }) => invite(talk, { email, ...options }));
}

async function invite(talk: PeopleTalk, given: { email: string; name: string; role: string }): Promise<void> {
  const operator = newOperator.safeParse(given);
  if (!operator.success) {
    for (const { path, message } of operator.error.issues) talk.fail(`${path.join('.')}: ${message}`);
    return;
  }
  const { composition, foundations } = await talk.open();
  const { token } = await composition.transact((uow) =>
    invitePerson(uow, composition.sendInvitation, {
      ...operator.data,
      actor: { kind: 'system' },
      kind: 'operator',
      partnerId: null,
    }),
  );
  talk.say(invitationUrl(foundations.publicUrl(), token));
}
