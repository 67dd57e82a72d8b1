/** From the document down to one of its fields: names, and places in lists from 0. */
export type FieldPath = readonly (string | number)[];

const shownLength = 80;

/** `rules[0].pay`. @param whole what the document itself is called */
export function fieldName(path: FieldPath, whole = 'plan'): string {
  const name = path.reduce<string>((left, part) => {
    if (typeof part === 'number') return `${left}[${part}]`;
    return left === '' ? part : `${left}.${part}`;
  }, '');
  return name === '' ? whole : name.slice(0, shownLength);
}

/** `rules[].pay`: a place in every document. */
export function placeOf(path: FieldPath): string {
  return path.reduce<string>((place, part) => {
    if (typeof part === 'number') return `${place}[]`;
    return place === '' ? part : `${place}.${part}`;
  }, '');
}
