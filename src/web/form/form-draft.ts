import type { OwnField, Question } from '../api/shapes.js';

export type Place = NonNullable<Question['crm']>[number];
type Choice = NonNullable<Question['choices']>[number];

/** A choice that is edited; its id is of this page alone. */
export interface ChoiceDraft {
  readonly id: string;
  readonly label: string;
  /** What the CRM and the API get; empty while it follows the label. */
  readonly value: string;
}

export interface PlaceDraft extends Place {
  readonly id: string;
}

/** A question as it is edited. */
export interface QuestionDraft {
  readonly id: string;
  /** Empty until it is saved: then it follows from the label, and stays. */
  readonly name: string;
  readonly type: Question['type'];
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  readonly source: 'typed' | 'crm';
  readonly choices: readonly ChoiceDraft[];
  readonly choicesFrom: Place;
  readonly crm: readonly PlaceDraft[];
}

export const questionTypes = [
  'text',
  'long-text',
  'number',
  'money',
  'date',
  'choice',
  'choices',
  'country',
  'phone',
] as const satisfies readonly Question['type'][];

export function isOfChoices({ type }: Pick<QuestionDraft, 'type'>): boolean {
  return type === 'choice' || type === 'choices';
}

export function emptyPlace(connection: string): Place {
  return { connection, record: 'company', field: '' };
}

export function newQuestion(id: string, connection: string): QuestionDraft {
  return {
    ...{ id, name: '', type: 'text', label: '', help: '', required: false },
    ...{ source: 'typed', choices: [], choicesFrom: emptyPlace(connection), crm: [] },
  };
}

export function draftsOf(questions: readonly Question[], connection: string): readonly QuestionDraft[] {
  return questions.map(({ name, type, label, help = '', required = false, choices = [], choicesFrom, crm = [] }) => ({
    ...{ id: name, name, type, label, help, required },
    source: choicesFrom === undefined ? 'typed' : 'crm',
    choices: choices.map((choice, index) => ({
      id: String(index),
      label: choice.label ?? choice.value,
      value: choice.value,
    })),
    choicesFrom: choicesFrom ?? emptyPlace(connection),
    crm: crm.map((place, index) => ({ id: String(index), ...place })),
  }));
}

/** The form's questions as the program's settings say them. */
export function questionsOf(drafts: readonly QuestionDraft[]): Question[] {
  const names = namesOf(drafts);
  return drafts.map((draft, index) => ({
    name: names[index] ?? '',
    type: draft.type,
    label: draft.label.trim(),
    ...(draft.help.trim() === '' ? {} : { help: draft.help.trim() }),
    ...(draft.required ? { required: true } : {}),
    ...choicesOf(draft),
    ...(draft.crm.length === 0
      ? {}
      : { crm: draft.crm.map(({ connection, record, field }) => ({ connection, record, field })) }),
  }));
}

function choicesOf(draft: QuestionDraft): Pick<Question, 'choices' | 'choicesFrom'> {
  if (!isOfChoices(draft)) return {};
  if (draft.source === 'crm') return { choicesFrom: draft.choicesFrom };
  return {
    choices: draft.choices.map(({ label, value }): Choice => {
      const read = label.trim();
      const held = value === '' ? read.replaceAll(';', ',') : value;
      return held === read ? { value: held } : { value: held, label: read };
    }),
  };
}

/**
 * The questions as they are edited by now, with the names and the values of choices that were stored of them, where they had none.
 * @param sent the questions as they were when they were sent: `stored` stands in their order
 */
export function withStored(
  now: readonly QuestionDraft[],
  sent: readonly QuestionDraft[],
  stored: readonly Question[],
): readonly QuestionDraft[] {
  const places = new Map(sent.map((draft, index) => [draft.id, { draft, question: stored[index] }]));
  return now.map((draft) => {
    const { draft: was, question } = places.get(draft.id) ?? {};
    if (was === undefined || question === undefined) return draft;
    const values = new Map(was.choices.map(({ id }, index) => [id, question.choices?.[index]?.value]));
    const choices = draft.choices.map((choice) => ({
      ...choice,
      value: choice.value || (values.get(choice.id) ?? ''),
    }));
    return { ...draft, name: draft.name || question.name, choices };
  });
}

/** A question keeps its name for good; a new one is called by its label. */
function namesOf(drafts: readonly QuestionDraft[]): readonly string[] {
  const taken = new Set(drafts.map(({ name }) => name).filter((name) => name !== ''));
  return drafts.map(({ name, label }) => {
    if (name !== '') return name;
    const wish = nameFrom(label);
    let free = wish;
    for (let number = 2; taken.has(free); number += 1) free = `${wish}${number}`;
    taken.add(free);
    return free;
  });
}

const longestWish = 40;

/** `How many seats?` → `howManySeats`; what has no letters of ours is `question`. */
function nameFrom(label: string): string {
  const words = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('')
    .slice(0, longestWish);
  return /^[a-z]/.test(joined) ? joined : `question${joined}`;
}

/** What is wrong before anything is sent, by `id part`. */
export type DraftFaults = Readonly<Record<string, 'missing' | 'twice' | 'no-choices'>>;

export function faultsOfDrafts(drafts: readonly QuestionDraft[]): DraftFaults {
  const found: Record<string, 'missing' | 'twice' | 'no-choices'> = {};
  for (const draft of drafts) {
    if (draft.label.trim() === '') found[`${draft.id} label`] = 'missing';
    for (const place of draft.crm) if (place.field === '') found[`${draft.id} crm ${place.id}`] = 'missing';
    if (!isOfChoices(draft)) continue;
    if (draft.source === 'crm') {
      if (draft.choicesFrom.field === '') found[`${draft.id} choicesFrom`] = 'missing';
      continue;
    }
    if (draft.choices.length === 0) found[`${draft.id} choices`] = 'no-choices';
    const values = draft.choices.map(({ label, value }) => (value === '' ? label.trim().replaceAll(';', ',') : value));
    for (const [index, choice] of draft.choices.entries()) {
      if (choice.label.trim() === '') found[`${draft.id} choice ${choice.id}`] = 'missing';
      else if (values.indexOf(values[index] ?? '') !== index) found[`${draft.id} choice ${choice.id}`] = 'twice';
    }
  }
  return found;
}

/** The list with one of them a place further up or down. */
export function moved<T extends { readonly id: string }>(list: readonly T[], id: string, by: -1 | 1): readonly T[] {
  const from = list.findIndex((one) => one.id === id);
  const to = from + by;
  const [one, other] = [list[from], list[to]];
  if (one === undefined || other === undefined) return list;
  return list.map((each, index) => (index === from ? other : index === to ? one : each));
}

/** @param offered what the CRM offers in a field; questions of which nothing can be chosen are not asked */
export function previewOf(
  drafts: readonly QuestionDraft[],
  offered: (place: Place) => OwnField['choices'],
): readonly OwnField[] {
  return drafts.flatMap((draft): readonly OwnField[] => {
    const { choices: listed = [], choicesFrom } = choicesOf(draft);
    const choices =
      choicesFrom === undefined
        ? listed.map(({ value, label }) => ({ value, label: label ?? value }))
        : [...offered(choicesFrom)];
    if (isOfChoices(draft) && choices.length === 0) return [];
    const help = draft.help.trim() === '' ? null : draft.help.trim();
    // Two new questions may be going to be called the same.
    return [{ name: draft.id, type: draft.type, label: draft.label.trim(), help, required: draft.required, choices }];
  });
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.connection === b.connection && a.record === b.record && a.field === b.field;
}
