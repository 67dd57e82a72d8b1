/** The types of partners the trade has words for; a program may use others. */
const partnerTypes = ['referral', 'affiliate', 'reseller', 'services', 'technology', 'co-sell'] as const;

type WordsOf = (type: string) => string;

/** The types in words, to choose from. */
export function typesInWords(wordsOf: WordsOf): readonly string[] {
  return partnerTypes.map(wordsOf);
}

/** The type that was meant: one of the trade's by its words, or the program's own as it was typed. */
export function typeMeant(typed: string, wordsOf: WordsOf): string {
  return partnerTypes.find((type) => wordsOf(type) === typed.trim()) ?? typed;
}
