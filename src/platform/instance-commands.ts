import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { assertDefined } from './assert.js';
import { findSocketPath, isNobodyThere } from './instance-socket.js';

/** A command line as it was typed elsewhere. File names in `argv` are relative to `cwd`. */
export interface SentCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly stdin: string;
}

/** Where a command's words go while it runs. */
export interface CommandOutput {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Runs a command and gives its exit code. */
export type CommandHandler = (command: SentCommand, output: CommandOutput) => Promise<number>;

export type SendResult = { readonly kind: 'ran'; readonly exitCode: number } | { readonly kind: 'nobody-there' };

/** The service ended, or could not be understood, before the command was done. Part of it may have happened. */
export class CommandInterrupted extends Error {
  override readonly name = 'CommandInterrupted';
}

const commandPath = '/commands';
const largestCommandBytes = 64 * 1024 * 1024;
const startWithinMs = 30_000;
const lookEveryMs = 100;
const serviceUnavailable = 503;

const commandShape = z.object({ argv: z.array(z.string()), cwd: z.string(), stdin: z.string() });
/** One line of the answer: words for one of the two outputs, or the exit code at the end. */
const lineShape = z.union([
  z.object({ stdout: z.string() }),
  z.object({ stderr: z.string() }),
  z.object({ exitCode: z.number().int() }),
]);

/** The service's end: answers on the instance's socket. */
export interface CommandDesk {
  readonly answer: (incoming: IncomingMessage, response: ServerResponse) => void;
  readonly serve: (handler: CommandHandler) => void;
  /** Takes no more commands and waits for those under way. */
  readonly close: () => Promise<void>;
}

export function createCommandDesk(): CommandDesk {
  const running = new Set<Promise<void>>();
  let handler: CommandHandler | undefined;
  return {
    serve: (served) => {
      handler = served;
    },
    answer: (incoming, response) => {
      if (handler === undefined || incoming.method !== 'POST' || incoming.url !== commandPath) {
        response.writeHead(handler === undefined ? serviceUnavailable : 404).end();
        incoming.resume();
        return;
      }
      const done = runIncoming(handler, incoming, response).finally(() => running.delete(done));
      running.add(done);
    },
    close: async () => {
      handler = undefined;
      await Promise.all(running);
    },
  };
}

async function runIncoming(
  handler: CommandHandler,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const write = (line: z.input<typeof lineShape>): void => {
    response.write(`${JSON.stringify(line)}\n`);
  };
  const output: CommandOutput = { stdout: (stdout) => write({ stdout }), stderr: (stderr) => write({ stderr }) };
  try {
    const command = commandShape.parse(JSON.parse(await readBody(incoming)));
    write({ exitCode: await handler(command, output) });
  } catch (error) {
    output.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
    write({ exitCode: 1 });
  }
  response.end();
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const buffer = Buffer.from(chunk as Uint8Array);
    bytes += buffer.length;
    if (bytes > largestCommandBytes) throw new CommandInterrupted('The command is larger than 64 MiB.');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The command line's end: has the service that holds `dataDir` run a command, and passes its words on as they come. Waits
 * a while for a service that is still starting.
 * @throws CommandInterrupted
 */
export async function sendCommand(
  dataDir: string,
  argv: readonly string[],
  options: { readonly stdin?: string | undefined; readonly output: CommandOutput },
): Promise<SendResult> {
  const command: SentCommand = { argv, cwd: process.cwd(), stdin: options.stdin ?? '' };
  const giveUpAt = Date.now() + startWithinMs;
  for (;;) {
    const socketPath = await findSocketPath(dataDir);
    const answer = await post(socketPath, JSON.stringify(command));
    if (answer === 'nobody-there') return { kind: 'nobody-there' };
    if (answer.statusCode === 200) return { kind: 'ran', exitCode: await relay(answer, options.output) };
    answer.resume();
    if (answer.statusCode !== serviceUnavailable || Date.now() > giveUpAt) {
      throw new CommandInterrupted(
        `The running service does not take commands (${assertDefined(answer.statusCode, 'a status')}).`,
      );
    }
    await pause(lookEveryMs);
  }
}

function post(socketPath: string, body: string): Promise<IncomingMessage | 'nobody-there'> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method: 'POST', path: commandPath, agent: false }, resolve);
    sent.on('error', (error) => {
      if (isNobodyThere(error)) resolve('nobody-there');
      else reject(new CommandInterrupted('The running service did not take the command.', { cause: error }));
    });
    sent.end(body);
  });
}

async function relay(answer: IncomingMessage, output: CommandOutput): Promise<number> {
  try {
    for await (const text of createInterface({ input: answer, crlfDelay: Infinity })) {
      const line = lineShape.parse(JSON.parse(text));
      if ('exitCode' in line) return line.exitCode;
      if ('stdout' in line) output.stdout(line.stdout);
      else output.stderr(line.stderr);
    }
  } catch (cause) {
    throw new CommandInterrupted('The service ended before the command was done.', { cause });
  }
  throw new CommandInterrupted('The service ended before the command was done.');
}
