/** What zod finds wrong in the shape of a topology, as sentences that name the key and what was meant. */
import { z } from 'zod';
import { didYouMean } from '../net/did-you-mean.js';
import type { Path, TopologyDocument } from './document.js';
import type { TopologyMistake } from './mistake.js';
import { topologySchema, type WrittenTopology } from './schema.js';

type Issue = z.core.$ZodIssue;

/** An issue outside of any union, with the schema of what holds it. */
interface PlainIssue {
  readonly issue: Exclude<Issue, { code: 'invalid_union' }>;
  readonly path: Path;
  readonly schema: z.core.$ZodType;
}

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

function flatten(issue: Issue, above: Path, schema: z.core.$ZodType): PlainIssue[] {
  const path = [...above, ...issue.path];
  const holder = schemaAt(schema, issue.path);
  if (issue.code !== 'invalid_union') return [{ issue, path, schema: holder }];
  const options = holder instanceof z.ZodUnion ? holder.options : [];
  const branches = issue.errors.map((errors, index) => ({ errors, option: options[index]!, far: distance(errors) }));
  const closest = branches.reduce((best, branch) => (branch.far < best.far ? branch : best));
  if (closest.far < Number.POSITIVE_INFINITY) {
    return closest.errors.flatMap((each) => flatten(each as Issue, path, closest.option as z.core.$ZodType));
  }
  const expected = branches.map(({ errors }) => errors[0]!.message.replace(/^expected /, ''));
  const message = `expected ${[...new Set(expected)].join(', or ')}`;
  return [
    {
      issue: { code: 'custom', path: [], message, params: { wrongType: true } } as PlainIssue['issue'],
      path,
      schema: holder,
    },
  ];
}

/** How far a value is from what a branch of a union wants: the deeper its mistakes, the nearer it is. */
function distance(errors: readonly Issue[]): number {
  let far = 0;
  for (const error of errors) {
    const depth = error.path.length;
    if (error.code === 'unrecognized_keys') far += error.keys.length / (depth + 1);
    else if (error.code === 'invalid_type' && error.input !== undefined)
      far += depth === 0 ? Number.POSITIVE_INFINITY : 1 / depth;
  }
  return far;
}

function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType {
  let at: z.core.$ZodType | undefined = schema;
  for (const key of path) at = at && child(at, key);
  return unwrap(at ?? schema);
}

function child(holder: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  const schema = unwrap(holder);
  if (schema instanceof z.ZodObject) return schema.shape[key as string];
  if (schema instanceof z.ZodRecord) return schema.valueType as z.core.$ZodType;
  if (schema instanceof z.ZodArray) return schema.element as z.core.$ZodType;
  if (!(schema instanceof z.ZodUnion)) return undefined;
  return schema.options.map((option) => child(option as z.core.$ZodType, key)).find((found) => found !== undefined);
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap() as z.core.$ZodType) : schema;
}

/** The keys that may stand in a value of this schema: those of the long form where there is a short one. */
function knownKeys(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => knownKeys(option as z.core.$ZodType));
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function explain({ issue, path, schema }: PlainIssue, document: TopologyDocument): TopologyMistake[] {
  const at = path.length === 0 ? 'the topology' : spell(path);
  const value = valueAt(document.data, path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema);
    const place = path.length === 0 ? 'a topology' : spell(path);
    return issue.keys.map((key) => {
      const meant = didYouMean(key, known) || `; known keys: ${known.join(', ')}`;
      return document.mistake([...path, key], `unknown key \`${key}\` in ${place}${meant}`, 'key');
    });
  }
  if (issue.code === 'invalid_key') {
    return [document.mistake(path, issue.issues[0]?.message ?? issue.message, 'key')];
  }
  if (value === undefined) {
    const holder = path.length === 1 ? 'the topology' : spell(path.slice(0, -1));
    return [document.mistake(path, `${holder} needs \`${String(path.at(-1))}\``)];
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const wanted = values.map((each) => `\`${each}\``).join(', ');
    const meant = typeof value === 'string' ? didYouMean(value, values) : '';
    return [document.mistake(path, `${at} is ${found(value, path, document)}; it can be ${wanted}${meant}`)];
  }
  const wrongType = issue.code === 'invalid_type' || (issue.code === 'custom' && issue.params?.['wrongType'] === true);
  if (wrongType) return [document.mistake(path, `${at}: ${issue.message}, but it is ${found(value, path, document)}`)];
  return [document.mistake(path, `${at}: ${issue.message}`)];
}

function found(value: unknown, path: Path, document: TopologyDocument): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  const spelled = document.spelling(path) ?? String(value);
  return typeof value === 'string' ? `\`${spelled}\`` : `the ${typeof value} ${spelled}`;
}

/** `nodes.master.address`, `calico.pools[0].cidr`. */
export function spell(path: Path): string {
  return path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth === 0 ? '' : '.'}${String(key)}`))
    .join('');
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

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key as string];
  return value;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
