interface Version {
  readonly plan: string;
  readonly number: number;
}

/** Of each plan its latest version, by the name of the plan. */
export function latestVersions<T extends Version>(versions: readonly T[]): readonly T[] {
  const latest = new Map<string, T>();
  for (const version of versions) {
    const known = latest.get(version.plan);
    if (known === undefined || known.number < version.number) latest.set(version.plan, version);
  }
  return [...latest.values()].sort((a, b) => a.plan.localeCompare(b.plan));
}
