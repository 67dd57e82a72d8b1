/** What has to be taken away again, whatever happens: programs, schemas, folders. */
export interface Cleanup {
  add(step: () => Promise<unknown>): void;
  /** Takes everything away, the latest first. A step that fails does not keep the others from being done. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  let steps: (() => Promise<unknown>)[] = [];
  return {
    add: (step) => {
      steps.push(step);
    },
    run: async () => {
      const due = steps.toReversed();
      steps = [];
      for (const step of due) {
        await step().catch((error: unknown) => {
          console.error('Something could not be taken away:', error);
        });
      }
    },
  };
}
