/** A path without its version, e.g. `/crm/objects/deals/7`, and the version it was asked under, e.g. `v3` or `2026-09`. */
export interface ApiPath {
  readonly version: string;
  readonly path: string;
}

const areas = 'objects|associations|properties|pipelines|owners';
const version = 'v\\d|\\d{4}-\\d{2}';

/** The same call stands at `/crm/v3/objects/…` and at `/crm/objects/2026-09/…`; other areas put the version second. */
const shapes: readonly { readonly pattern: RegExp; readonly order: 'version first' | 'area first' }[] = [
  { pattern: new RegExp(`^/crm/(${version})/(${areas})(/.*)?$`), order: 'version first' },
  { pattern: new RegExp(`^/crm/(${areas})/(${version})(/.*)?$`), order: 'area first' },
  { pattern: new RegExp(`^/(oauth|account-info|appinstalls)/(${version})(/.*)?$`), order: 'area first' },
];

/** Dated versions that are up at the date of the facts sheet. */
const datedVersions: readonly string[] = ['2026-03', '2026-09'];

/** Takes the version out of a path; `null` for a path that belongs to no API. A trailing slash is let go. */
export function readApiPath(rawPath: string): ApiPath | null {
  for (const { pattern, order } of shapes) {
    const match = pattern.exec(rawPath);
    if (match === null) continue;
    const [, first = '', second = '', rest = ''] = match;
    const [area, found] = order === 'version first' ? [second, first] : [first, second];
    const prefix = areas.split('|').includes(area) ? '/crm' : '';
    return { version: found, path: `${prefix}/${area}${rest.replace(/\/$/, '')}` };
  }
  return null;
}

/** Whether a route of this version in the old scheme may be asked under another. OAuth's v1 has a v3 of the same shape. */
export function speaksVersion(routeVersion: string, asked: string): boolean {
  return asked === routeVersion || datedVersions.includes(asked) || (routeVersion === 'v1' && asked === 'v3');
}

export function isDated(asked: string): boolean {
  return datedVersions.includes(asked);
}
