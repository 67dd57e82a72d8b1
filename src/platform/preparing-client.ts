import pg from 'pg';
import { hasErrorCode } from './error-code.js';

/** What a statement costs to plan is worth saving once it comes again and again. */
const seenBeforePreparing = 3;
/** Every prepared statement takes memory of the server, on each connection; texts that are made anew each time never count. */
const mostStatements = 300;
/**
 * A kept plan knows neither how long its lists are nor how large its tables have become: one made while a table was empty reads all
 * of it, and compares every row with the whole list. With a list this long planning costs little beside running.
 */
const longList = 100;
/** `cached plan must not change result type`: another process migrated a table since. */
export const stalePlan = '0A000';

interface Statement {
  readonly name: string;
  readonly times: number;
}

type PlainQuery = (...request: readonly unknown[]) => unknown;

function isLongList(value: unknown): boolean {
  return Array.isArray(value) && value.length >= longList;
}

/**
 * A connection to PostgreSQL that has statements which come often parsed and planned only once. With the plans cached, booking
 * one line costs two thirds of the time.
 */
export class PreparingClient extends pg.Client {
  readonly #statements = new Map<string, Statement>();
  #made = 0;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const plainQuery: PlainQuery = this.query.bind(this);
    const query = (...request: readonly unknown[]): unknown => {
      const [text, values] = request;
      const isStatement = request.length === 2 && typeof text === 'string' && Array.isArray(values);
      if (!isStatement || values.length === 0 || values.some(isLongList)) return plainQuery(...request);
      const name = this.#nameFor(text);
      return name === null ? plainQuery(text, values) : this.#execute(plainQuery, { name, text, values });
    };
    Object.defineProperty(this, 'query', { value: query });
  }

  /** The name under which the text is prepared; null while it is not worth it. */
  #nameFor(text: string): string | null {
    const known = this.#statements.get(text);
    if (known === undefined && this.#statements.size >= mostStatements) return null;
    const statement = known ?? { name: this.#newName(), times: 0 };
    this.#statements.set(text, { ...statement, times: statement.times + 1 });
    return statement.times < seenBeforePreparing ? null : statement.name;
  }

  async #execute(plainQuery: PlainQuery, request: pg.QueryConfig): Promise<unknown> {
    try {
      return await plainQuery(request);
    } catch (error) {
      if (!hasErrorCode(error, stalePlan)) throw error;
      // It did nothing. Outside a transaction it can be sent again; a transaction is lost, and runs again as a whole.
      this.#statements.set(request.text, { name: this.#newName(), times: 0 });
      return await this.#sendAgain(plainQuery, request, error);
    }
  }

  async #sendAgain(plainQuery: PlainQuery, { text, values }: pg.QueryConfig, first: unknown): Promise<unknown> {
    try {
      return await plainQuery(text, values);
    } catch {
      throw first;
    }
  }

  #newName(): string {
    this.#made += 1;
    return `introducer_${String(this.#made)}`;
  }
}
