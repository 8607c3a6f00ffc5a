/** What zod finds wrong, with the choice that a person meant where a value can have several forms. */
import { z } from 'zod';
import type { Path } from './path.js';

export type Issue = z.core.$ZodIssue;

/** An issue outside of any union, with its path from the top and the schema of what is there. */
export interface PlainIssue {
  readonly issue: Exclude<Issue, { code: 'invalid_union' }>;
  readonly path: Path;
  readonly schema: z.core.$ZodType;
}

/**
 * An issue of a union is those of the form that comes closest, or, where no form fits at all, one that names them all
 * (`custom`, with `wrongType`).
 */
export function flatten(issue: Issue, above: Path, schema: z.core.$ZodType): PlainIssue[] {
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
export function knownKeys(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => knownKeys(option as z.core.$ZodType));
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
