/** The names under /run/netns: of the namespaces that scripts have added. The others are hosts, which have none there. */
import type { Fabric } from '../../../fabric/fabric.js';
import type { Namespace } from '../../../stack/namespace.js';

const added = new WeakMap<Fabric, readonly string[]>();

/** The youngest first, as the directory lists them. */
export function namesIn(fabric: Fabric | undefined): readonly string[] {
  return (fabric && added.get(fabric)) ?? [];
}

export function isNamed(fabric: Fabric | undefined, { name }: Namespace): boolean {
  return namesIn(fabric).includes(name);
}

export function giveName(fabric: Fabric, name: string): void {
  added.set(fabric, [name, ...namesIn(fabric)]);
}

export function takeName(fabric: Fabric, name: string): void {
  added.set(
    fabric,
    namesIn(fabric).filter((other) => other !== name),
  );
}
