/** Versions of the programs that platforms imitate, and facts that change from one to another. */

/** Major, minor, patch: `18.06` is [18, 6, 0]. */
export type Version = readonly [number, number, number];

/** What holds from each version on, oldest first: `[['2.4', false], ['2.6.7', true]]`. */
export type Timeline<T> = readonly (readonly [since: string, value: T])[];

/** Reads `2.6.4`, `v2.6.4`, `18.06`, `27` and Docker's `18.06.1-ce`. A part that is left out is 0. */
export function parseVersion(text: string): Version | undefined {
  const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-ce)?$/.exec(text);
  return parts ? [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)] : undefined;
}

/** Negative where `a` is older than `b`, 0 where they are the same. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Is `text` a version from `first` on and before `end`? */
export function isWithin(text: string, first: string, end: string): boolean {
  const version = parseVersion(text);
  return (
    version !== undefined && compareVersions(version, known(first)) >= 0 && compareVersions(version, known(end)) < 0
  );
}

/** What held in `version`. Throws a RangeError where the timeline begins later. */
export function valueAt<T>(timeline: Timeline<T>, version: string): T {
  const entry = timeline.findLast(([since]) => compareVersions(known(since), known(version)) <= 0);
  if (!entry) throw new RangeError(`nothing is known of version ${version}`);
  return entry[1];
}

function known(text: string): Version {
  const version = parseVersion(text);
  if (!version) throw new RangeError(`not a version: ${text}`);
  return version;
}
