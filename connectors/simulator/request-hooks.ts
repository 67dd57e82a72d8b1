import type { AskedFor } from './asked-for.js';
import { matchesRequest } from './asked-for.js';

/** A request a hook is told of. `before`: nothing has happened; `after`: the CRM has acted, the answer has not left. */
export interface HookedRequest extends AskedFor {
  readonly body: unknown;
}

export type HookVerdict = 'drop' | undefined;

export interface RequestHook {
  readonly when: 'before' | 'after';
  readonly method?: string;
  /** `*` stands for any characters, as in fault rules. */
  readonly path?: string;
  /** Called this often at most. */
  readonly times?: number;
  /**
   * Awaited before the request goes on, e.g. to end the calling process at exactly this point. `'drop'` closes the
   * connection; from a `before` hook nothing has been written then.
   */
  act(request: HookedRequest): HookVerdict | Promise<HookVerdict>;
}

/** Points at which a test steps in between a caller and the CRM. */
export interface RequestHooks {
  /** @returns takes the hook away again. */
  add(hook: RequestHook): () => void;
  run(when: RequestHook['when'], request: HookedRequest): Promise<HookVerdict>;
}

export function createRequestHooks(): RequestHooks {
  const hooks = new Map<RequestHook, number>();
  return {
    add(hook) {
      hooks.set(hook, hook.times ?? Number.POSITIVE_INFINITY);
      return () => void hooks.delete(hook);
    },
    async run(when, request) {
      for (const [hook, left] of [...hooks]) {
        if (hook.when !== when || left <= 0 || !matchesRequest(hook, request)) continue;
        hooks.set(hook, left - 1);
        if ((await hook.act(request)) === 'drop') return 'drop';
      }
      return undefined;
    },
  };
}
