import type { Queue } from './queue.js';

/** Later than this a delayed wake-up comes early: due times stand in the database, and whoever looks sees what is due. */
const longestDelayMs = 60 * 60 * 1000;
/** Delayed wake-ups of one topic this close together are one. */
const delayStepMs = 250;

/** Wakes the workers of this same process. */
export function createInProcessQueue(): Queue {
  const listeners = new Map<string, (() => void)[]>();
  const timers = new Map<string, NodeJS.Timeout>();
  const woken = new Set<string>();
  let state: 'waiting' | 'delivering' | 'closed' = 'waiting';

  const deliver = (): void => {
    const topics = [...woken];
    woken.clear();
    if (state !== 'delivering') return;
    for (const topic of topics) for (const listener of listeners.get(topic) ?? []) listener();
  };

  const wakeSoon = (topic: string): void => {
    if (state === 'closed') return;
    // Many wake-ups in one turn of the event loop are one call, and never a call inside the caller's own.
    if (state === 'delivering' && woken.size === 0) setImmediate(deliver);
    woken.add(topic);
  };

  const wakeLater = (topic: string, delayMs: number): void => {
    const steps = Math.ceil((Date.now() + Math.min(delayMs, longestDelayMs)) / delayStepMs);
    const id = `${topic}@${steps}`;
    if (timers.has(id)) return;
    const timer = setTimeout(
      () => {
        timers.delete(id);
        wakeSoon(topic);
      },
      steps * delayStepMs - Date.now(),
    );
    timers.set(id, timer);
  };

  return {
    wake: (topic, options) => {
      const delayMs = options?.delayMs ?? 0;
      if (state === 'closed') return;
      if (delayMs > 0) wakeLater(topic, delayMs);
      else wakeSoon(topic);
    },
    onWake: (topic, listener) => {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
    start: () => {
      state = 'delivering';
      deliver();
      return Promise.resolve();
    },
    close: () => {
      state = 'closed';
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      return Promise.resolve();
    },
  };
}
