import type { Partner } from '../api/shapes.js';

type Details = Pick<Partner, 'name' | 'email' | 'status'>;

/** What of a partner was changed since its form was opened: the rest may have been changed by somebody else meanwhile. */
export function changeOfPartner(opened: Details, typed: Readonly<Record<keyof Details, string>>): object {
  const names = ['name', 'email', 'status'] as const;
  return Object.fromEntries(names.filter((name) => typed[name] !== opened[name]).map((name) => [name, typed[name]]));
}
