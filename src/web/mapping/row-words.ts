import { useWords } from '../words/use-words.js';
import type { RowFaults } from './mapping-draft.js';

/** What is wrong with a part of a row, in words. */
export function useRowWords(faults: RowFaults): (id: string, part: 'name' | 'field' | 'value') => string | undefined {
  const { say } = useWords();
  return (id, part) => {
    const fault = faults[`${id} ${part}`];
    return fault && say(fault === 'missing' ? 'fault.enter' : 'mapping.twice');
  };
}
