/** Ways into plain data: keys and indexes from the top, `['nodes', 'master', 'address']`. */

export type Path = readonly PropertyKey[];

/** `nodes.master.address`, `calico.pools[0].cidr`. */
export function spell(path: Path): string {
  return path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

/** What is there; undefined where nothing is. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key as string];
  return value;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
