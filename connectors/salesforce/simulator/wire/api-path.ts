const oldestVersion = 20;
const newestVersion = 68;

export interface ApiPath {
  /** `67.0`. */
  readonly version: string;
  /** What follows, without a slash at its end. */
  readonly path: string;
}

/** Takes `/services/data/v67.0/sobjects/` apart; `null` for what is no path of the data API or of no version there is. */
export function readApiPath(pathname: string): ApiPath | null {
  const [, version, path = ''] = /^\/services\/data\/v(\d+\.0)(\/.*)?$/.exec(pathname) ?? [];
  if (version === undefined || Number(version) < oldestVersion || Number(version) > newestVersion) return null;
  return { version, path: path.replace(/\/+$/, '') };
}

/** What `GET /services/data/` lists. */
export function versions(): readonly unknown[] {
  const labels = ['Winter', 'Spring', 'Summer'];
  return [65, 66, 67, 68].map((version) => ({
    label: `${labels[(version - 65) % 3] ?? ''} '${version === 68 ? 27 : 26}`,
    url: `/services/data/v${version}.0`,
    version: `${version}.0`,
  }));
}
