import { withoutHidden } from '../platform/http/plain-text.js';
import { formText, type FormLanguage } from './form-words.js';
import { betweenChoices, type FormControl } from './lead-form-fields.js';
import { escapeHtml } from './lead-form-page.html.js';

/** What was typed, and what is wrong with it, by field name. */
export interface Filled {
  readonly language: FormLanguage;
  readonly values: Readonly<Record<string, string>>;
  /** Field name → what is wrong and what is expected. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A field with its label, its hint, what is wrong with it and what was typed. */
export function control(field: FormControl, filled: Filled): string {
  if (field.type === 'checks') return checks(field, filled);
  return field.type === 'money' ? money(field, filled) : single(field, filled);
}

function single(field: FormControl, filled: Filled): string {
  const id = idOf(field.name);
  const error = filled.errors[field.name];
  const label = `<label for="${id}">${escapeHtml(field.label)}${star(field)}</label>`;
  return `<div class="field">${label}${hint(field, id)}${errorText(id, error)}${input(field, filled)}</div>`;
}

function input(field: FormControl, filled: Filled): string {
  const value = shown(filled, field.name);
  const attributes = attributesOf(field, filled.errors[field.name]);
  if (field.type === 'textarea') {
    return `<textarea ${attributes} rows="4">${escapeHtml(value)}</textarea>`;
  }
  if (field.type !== 'select') return `<input type="${field.type}" ${attributes} value="${escapeHtml(value)}">`;
  const options = (field.choices ?? []).map((choice) => option(choice, choice.value === value));
  return `<select ${attributes}><option value=""></option>${options.join('')}</select>`;
}

function option(choice: { readonly value: string; readonly label: string }, isChosen: boolean): string {
  return `<option value="${escapeHtml(choice.value)}"${isChosen ? ' selected' : ''}>${escapeHtml(choice.label)}</option>`;
}

function checks(field: FormControl, filled: Filled): string {
  const id = idOf(field.name);
  const chosen = (filled.values[field.name] ?? '').split(betweenChoices);
  const error = filled.errors[field.name];
  const boxes = (field.choices ?? []).map(({ value, label }, index) => {
    // The first carries the field's own id, so that the summary of errors leads there.
    const boxId = index === 0 ? id : `${id}-${String(index)}`;
    const checked = chosen.includes(value) ? ' checked' : '';
    const wrong = index === 0 && error !== undefined ? ` aria-invalid="true" aria-describedby="${id}-error"` : '';
    return `<label class="box" for="${boxId}"><input type="checkbox" id="${boxId}" name="${escapeHtml(field.name)}" value="${escapeHtml(value)}"${checked}${wrong}> ${escapeHtml(label)}</label>`;
  });
  return group(field, '', filled, boxes.join(''));
}

function money(field: FormControl, filled: Filled): string {
  const part = (name: 'amount' | 'currency', label: string, inputmode: string) => {
    const path = `${field.name}.${name}`;
    const error = filled.errors[path];
    const attributes = attributesOf({ ...field, name: path }, error);
    return `<div class="field"><label for="${idOf(path)}">${label}</label>${errorText(idOf(path), error)}<input type="text" ${attributes}${inputmode} value="${escapeHtml(shown(filled, path))}"></div>`;
  };
  const parts = `<div class="parts">${part('amount', formText(filled.language, 'part.amount'), ' inputmode="decimal"')}${part('currency', formText(filled.language, 'part.currency'), '')}</div>`;
  return group(field, ` id="${idOf(field.name)}"`, filled, parts);
}

/** @param ownId the attribute, where no part of the group carries the field's id */
function group(field: FormControl, ownId: string, filled: Filled, content: string): string {
  const id = idOf(field.name);
  const described = field.hint === undefined ? '' : ` aria-describedby="${id}-hint"`;
  const legend = `<legend>${escapeHtml(field.label)}${star(field)}</legend>`;
  return `<fieldset class="field"${ownId}${described}>${legend}${hint(field, id)}${errorText(id, filled.errors[field.name])}${content}</fieldset>`;
}

function attributesOf(field: FormControl, error: string | undefined): string {
  const id = idOf(field.name);
  const isPart = field.type === 'money';
  const described = [
    field.hint === undefined || isPart ? '' : `${id}-hint`,
    error === undefined ? '' : `${id}-error`,
  ].filter((part) => part !== '');
  return [
    `id="${id}"`,
    `name="${escapeHtml(field.name)}"`,
    field.required ? 'required aria-required="true"' : '',
    error === undefined ? '' : 'aria-invalid="true"',
    described.length === 0 ? '' : `aria-describedby="${described.join(' ')}"`,
    field.autocomplete === undefined ? '' : `autocomplete="${field.autocomplete}"`,
    field.inputmode === undefined ? '' : `inputmode="${field.inputmode}"`,
  ]
    .filter((attribute) => attribute !== '')
    .join(' ');
}

/** What cannot be seen cannot be removed by hand either; the error says that it was there. */
function shown(filled: Filled, name: string): string {
  return withoutHidden(filled.values[name] ?? '');
}

function star(field: FormControl): string {
  return field.required ? ' <span aria-hidden="true">*</span>' : '';
}

function hint(field: FormControl, id: string): string {
  return field.hint === undefined ? '' : `<p class="hint" id="${id}-hint">${escapeHtml(field.hint)}</p>`;
}

export function errorText(id: string, error: string | undefined): string {
  return error === undefined ? '' : `<p class="error" id="${id}-error">${escapeHtml(error)}</p>`;
}

export function idOf(name: string): string {
  return name.replaceAll('.', '-');
}
