import { pino, type DestinationStream, type Logger } from 'pino';

/** Structured log lines: `log.warn({ kind, count }, 'what happened')`. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export interface LogOptions {
  readonly level: string;
  /** Standard output unless said. */
  readonly destination?: DestinationStream | undefined;
}

/** Names under which a secret may be logged by mistake, alone or one or two levels down. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'clientSecret',
  'client_secret',
  'secretKey',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'token',
  'apiKey',
  'api_key',
  'key_hash',
  'privateKey',
  'databaseUrl',
  'redisUrl',
];

/** `user:password@` in any URL, bearer tokens, and the keys this product hands out. */
const secretText: readonly (readonly [RegExp, string])[] = [
  [/(\w+:\/\/)[^\s/@:]*:[^\s/@]*@/g, '$1***@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/\b(pat-[a-z0-9]+)-[\w-]+/g, '$1-***'],
  [/\b(intk_[0-9a-f]+)_[\w-]+/g, '$1_***'],
];

/**
 * The process's log. Secrets are masked by the name of their field and, in messages and in errors, by their shape.
 */
export function createLog(options: LogOptions): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretPaths(), censor: '***' },
    serializers: { err: withoutSecrets, error: withoutSecrets },
    hooks: { streamWrite: maskText },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

/** The text with passwords in URLs and bearer tokens replaced by `***`. */
function maskText(text: string): string {
  return secretText.reduce((masked, [shape, mask]) => masked.replace(shape, mask), text);
}

function secretPaths(): string[] {
  return secretNames.flatMap((name) => {
    const step = `["${name}"]`;
    return [step, `*${step}`, `*.*${step}`];
  });
}

/** An error's own words and those of its causes. Other properties may hold whole requests, so they stay out. */
function withoutSecrets(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return {
    type: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: withoutSecrets(error.cause) }),
  };
}
