/**
 * Given, When and Then with types: the pattern says which arguments a step gets (`{endpoint} pings {endpoint}`: two
 * strings), so that a misspelt parameter or a wrong argument does not compile. They keep their names and take a literal,
 * because that is how editors find steps.
 *
 * A pattern that ends with a colon is followed by a doc string or a table: the body says which, in its last argument.
 */
import { Given as given, setDefinitionFunctionWrapper, Then as then, When as when } from '@cucumber/cucumber';
import './parameters.js';
import './world.js';
import type { ParameterTypes } from './parameters.js';
import type { NetWorld } from './world.js';

type Parameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? [Name extends keyof ParameterTypes ? ParameterTypes[Name] : never, ...Parameters<Rest>]
  : [];

type Arguments<P extends string> = P extends `${string}${':' | '：'}` ? [...Parameters<P>, never] : Parameters<P>;

type Body<P extends string> = (this: NetWorld, ...args: Arguments<P>) => void | Promise<void>;

type Define = <const P extends string>(pattern: P, body: Body<P>) => void;

export const Given: Define = given;
export const When: Define = when;
export const Then: Define = then;

/** Errors that tell of a mistake in this program; all others tell a person what to do, and need no stack. */
const BUGS = [TypeError, ReferenceError, SyntaxError, RangeError];

setDefinitionFunctionWrapper(
  // biome-ignore lint/complexity/noBannedTypes: cucumber's own type for a step's body, whatever its arguments.
  (body: Function) =>
    async function (this: unknown, ...args: unknown[]) {
      try {
        return await body.apply(this, args);
      } catch (error) {
        if (error instanceof Error && !BUGS.some((bug) => error instanceof bug)) error.stack = error.message;
        throw error;
      }
    },
);
