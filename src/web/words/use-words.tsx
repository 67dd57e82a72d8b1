import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { languageFor, localeFor, say, sayOf, type Language, type Say } from './catalogue.js';

interface Words {
  readonly language: Language;
  readonly locale: string;
  readonly choose: (language: Language) => void;
  readonly say: Say;
  /** For a word of the service's: `sayOf('status', 'in_review')`. */
  readonly sayOf: (group: string, name: string) => string;
}

const WordsContext = createContext<Words | null>(null);
const storedUnder = 'introducer-language';

/** The reader's language: as chosen here, or the browser's. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const words = useMemo<Words>(
    () => ({
      language,
      locale: localeFor(language, navigator.languages),
      choose: (chosen) => {
        localStorage.setItem(storedUnder, chosen);
        setLanguage(chosen);
      },
      say: (key, values) => say(language, key, values),
      sayOf: (group, name) => sayOf(language, group, name),
    }),
    [language],
  );
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new OutsideProvider('WordsProvider');
  return words;
}

/** A component stands where it cannot: a fault of ours. */
export class OutsideProvider extends Error {
  constructor(provider: string) {
    super(`Only inside ${provider}.`);
  }
}

function initialLanguage(): Language {
  const stored = localStorage.getItem(storedUnder);
  return languageFor(stored === null ? navigator.languages : [stored]);
}
