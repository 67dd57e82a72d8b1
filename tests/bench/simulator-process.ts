import { z } from 'zod';
import type { Cleanup } from './cleanup.js';
import { startProgram, typescriptProgram } from './program.js';

/** A simulated CRM in a process of its own. */
export interface SimulatorProcess<Facts> {
  /** What it says of itself as it begins. */
  readonly facts: Facts;
  /** @throws Error with what it answered where that is not a success */
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** Starts a simulator by its entry point, as seen from here. @throws where it does not say what `facts` expects */
export async function startSimulatorProcess<Facts extends { readonly url: string }>(
  cleanup: Cleanup,
  { entryPoint, args = [], facts: shape }: SimulatorProcessOptions<Facts>,
): Promise<SimulatorProcess<Facts>> {
  const program = startProgram([...typescriptProgram(entryPoint), ...args]);
  cleanup.add(() => program.stop());
  const facts = shape.parse(JSON.parse(await program.firstLine()));
  return {
    facts,
    control: async (method, path, body) => {
      const answer = await fetch(`${facts.url}/_sim${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!answer.ok) throw new Error(`${method} /_sim${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    },
  };
}

interface SimulatorProcessOptions<Facts> {
  readonly entryPoint: string;
  readonly args?: readonly string[];
  readonly facts: z.ZodType<Facts>;
}
