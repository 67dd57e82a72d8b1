import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Program } from '../api/shapes.js';

export const programPath = '/api/v1/program';

export type ProgramChange = Partial<Omit<Program, 'revision' | 'updatedAt'>>;

/**
 * Saves settings of the program that were read at a revision. Where somebody else changed the program since, nothing is
 * saved until this person decides; what was typed stays.
 */
export function useSaveProgram(readAt: number) {
  const client = useQueryClient();
  const act = useAct<Program>();
  const [base, setBase] = useState(readAt);
  const [isSaved, setSaved] = useState(false);
  const isConflict = act.error instanceof ApiProblem && act.error.code === 'program-changed-meanwhile';
  const put = (change: ProgramChange, revision: number, onSaved: (program: Program) => void) => {
    setSaved(false);
    act.mutate(
      { path: programPath, method: 'PUT', body: { ...change, revision } },
      {
        onSuccess: (program) => {
          client.setQueryData([programPath], program);
          setBase(program.revision);
          setSaved(true);
          onSaved(program);
        },
      },
    );
  };
  return {
    save: (change: ProgramChange, onSaved: (program: Program) => void = () => undefined) => put(change, base, onSaved),
    /** Saves over what somebody else set meanwhile, as it is now. */
    saveOver: async (
      change: (now: Program) => ProgramChange,
      onSaved: (program: Program) => void = () => undefined,
    ) => {
      await client.invalidateQueries({ queryKey: [programPath] });
      const now = client.getQueryData<Program>([programPath]);
      if (now !== undefined) put(change(now), now.revision, onSaved);
    },
    /** What is shown is of this revision now. */
    rebase: (revision: number) => {
      setBase(revision);
      act.reset();
    },
    touched: () => setSaved(false),
    isPending: act.isPending,
    isSaved,
    isConflict,
    error: isConflict ? null : act.error,
    faults: act.error instanceof ApiProblem && !isConflict ? faultsByField(act.error) : noFaults,
  };
}

export type SaveProgram = ReturnType<typeof useSaveProgram>;

const noFaults: Readonly<Record<string, string>> = {};
