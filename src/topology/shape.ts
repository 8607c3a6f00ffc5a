/** The shape of a topology: which keys there are and what stands at each. */
import type { TopologyDocument } from './document.js';
import { explain } from './issue-sentence.js';
import { flatten, type Issue } from './issues.js';
import type { TopologyMistake } from './mistake.js';
import { isMapping, type Path, valueAt } from './path.js';
import { topologySchema, type WrittenTopology } from './schema.js';

export interface Shape {
  /** The topology without what is wrong in it: any part may be missing. */
  readonly sound: Partial<WrittenTopology>;
  readonly mistakes: readonly TopologyMistake[];
  /** Is something wrong at or below this path, so that nothing more should be said about it? */
  isBroken(path: Path): boolean;
}

/** Checks the shape of everything in the document, whatever else is wrong in it. */
export function checkShape(document: TopologyDocument): Shape {
  const issues = topologySchema.safeParse(document.data, { reportInput: true }).error?.issues ?? [];
  const plain = issues.flatMap((issue) => flatten(issue, [], topologySchema));
  const sound = structuredClone(document.data) as Partial<WrittenTopology>;
  for (const { issue, path } of plain) prune(sound, path, issue);
  const broken = plain.map(({ path }) => path);
  return {
    sound: isMapping(sound) ? sound : {},
    mistakes: plain.flatMap((each) => explain(each, document)),
    isBroken: (path) => broken.some((each) => path.every((key, depth) => each[depth] === key)),
  };
}

/** Keys that hold things by name. */
const NAMED: readonly string[] = ['nodes', 'outside', 'workloads', 'networks'];

/** Takes out what an issue is about. A named thing (`nodes.master`) stays as an empty one, so that its name is still known. */
function prune(data: unknown, path: Path, issue: Issue): void {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
  for (const each of keys) {
    const holder = valueAt(data, each.slice(0, -1)) as Record<PropertyKey, unknown> | undefined;
    const last = each.at(-1);
    if (!isMapping(holder) && !Array.isArray(holder)) continue;
    if (last === undefined || holder[last as string] === undefined) continue;
    const isNamed = issue.code !== 'unrecognized_keys' && each.length === 2 && NAMED.includes(String(each[0]));
    if (isNamed) holder[last as string] = {};
    else if (Array.isArray(holder)) holder[last as number] = undefined;
    else delete holder[last as string];
  }
}
