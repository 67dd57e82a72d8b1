import type { PropertyError } from './api-fault.js';
import type { PropertyDefinition } from './property-definition.js';

export type ValueCheck =
  | { readonly kind: 'accepted'; readonly value: string | null }
  | { readonly kind: 'refused'; readonly error: PropertyError };

const longestText = 65_536;
const dayMs = 86_400_000;

/** HubSpot takes strings and tolerates numbers and booleans; `null` and `""` both clear. */
function asText(raw: unknown): string | null | undefined {
  if (raw === null || raw === '') return null;
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  return undefined;
}

/** Epoch milliseconds of what a date or datetime property was sent: ISO 8601 or milliseconds as digits. */
export function instantOf(text: string): number {
  return /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
}

/** Multiple choices are joined with `;`. A leading `;` adds to what is there instead of replacing it. */
function mergeChoices(text: string, current: string | undefined): string {
  const added = text.split(';').filter((each) => each !== '');
  const kept = text.startsWith(';') && current !== undefined ? current.split(';') : [];
  return [...new Set([...kept, ...added])].join(';');
}

function checkChoice(definition: PropertyDefinition, text: string): string | null {
  if (definition.externalOptions) return null;
  const allowed = definition.options.map((option) => option.value);
  const chosen = definition.fieldType === 'checkbox' ? text.split(';') : [text];
  if (chosen.every((each) => allowed.includes(each))) return null;
  return `${text} was not one of the allowed options: [${allowed.join(', ')}]`;
}

/**
 * Checks one value and brings it into the form HubSpot stores: datetimes as ISO 8601 in UTC, dates as `YYYY-MM-DD`,
 * e-mail addresses in lower case. `current` is what the record holds, needed by multiple choices that add.
 */
export function checkValue(definition: PropertyDefinition, raw: unknown, current: string | undefined): ValueCheck {
  const { name } = definition;
  const refused = (code: string, message: string): ValueCheck => ({ kind: 'refused', error: { name, code, message } });
  const accepted = (value: string | null): ValueCheck => ({ kind: 'accepted', value });
  const text = asText(raw);
  if (text === undefined) return refused('INVALID_STRING', `${name} was not a valid value.`);
  if (text === null) return accepted(null);
  if (text.length > longestText)
    return refused('INVALID_LENGTH', `${name} may have at most ${longestText} characters.`);

  switch (definition.type) {
    case 'string':
      if (name !== 'email') return accepted(text);
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
        ? accepted(text.toLowerCase())
        : refused('INVALID_EMAIL', `Email address ${text} is invalid`);
    case 'number':
      return /^-?(\d+\.?\d*|\.\d+)$/.test(text)
        ? accepted(text)
        : refused('INVALID_INTEGER', `${text} was not a valid number.`);
    case 'bool':
      return ['true', 'false'].includes(text.toLowerCase())
        ? accepted(text.toLowerCase())
        : refused('INVALID_OPTION', `${text} was not one of the allowed options: [true, false]`);
    case 'enumeration': {
      const choice = definition.fieldType === 'checkbox' ? mergeChoices(text, current) : text;
      const problem = checkChoice(definition, choice);
      return problem === null ? accepted(choice) : refused('INVALID_OPTION', problem);
    }
    case 'date':
    case 'datetime': {
      const at = instantOf(text);
      if (Number.isNaN(at)) return refused('INVALID_DATE', `${text} was not a valid ${definition.type}.`);
      if (definition.type === 'datetime') return accepted(new Date(at).toISOString());
      if (at % dayMs !== 0)
        return refused('INVALID_DATE', `${text} is at ${new Date(at).toISOString()}, not midnight UTC.`);
      return accepted(new Date(at).toISOString().slice(0, 10));
    }
  }
}
