import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, faultsByField } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { Program } from '../api/shapes.js';

export const programPath = '/api/v1/program';

export type ProgramChange = Partial<Omit<Program, 'revision' | 'updatedAt'>>;

type ChangeOf = (base: Program) => ProgramChange;

/**
 * Saves settings of the program as they were read. Where somebody else changed the program since, nothing is saved until
 * this person decides; what was typed stays. A change is made of the program as it was last read or saved here: parts of it
 * that somebody else set meanwhile are kept then.
 */
export function useSaveProgram(read: Program) {
  const client = useQueryClient();
  const act = useAct<Program>();
  const [base, setBase] = useState(read);
  const [isSaved, setSaved] = useState(false);
  const isConflict = act.error instanceof ApiProblem && act.error.code === 'program-changed-meanwhile';
  const put = (change: ProgramChange, revision: number, onSaved: (program: Program) => void) => {
    setSaved(false);
    act.mutate(
      { path: programPath, method: 'PUT', body: { ...change, revision } },
      {
        onSuccess: (program) => {
          client.setQueryData([programPath], program);
          setBase(program);
          setSaved(true);
          onSaved(program);
        },
      },
    );
  };
  return {
    save: (change: ChangeOf, onSaved: (program: Program) => void = () => undefined) =>
      put(change(base), base.revision, onSaved),
    /** Saves over what somebody else set meanwhile, as it is now. */
    saveOver: async (change: ChangeOf, onSaved: (program: Program) => void = () => undefined) => {
      await client.invalidateQueries({ queryKey: [programPath] });
      const now = client.getQueryData<Program>([programPath]);
      if (now !== undefined) put(change(now), now.revision, onSaved);
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
