/** The options of a verb, with one sentence for each thing that is wrong about them. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean } from '../net/did-you-mean.js';
import { UsageMistake } from './verb.js';

/** By long name: does it take a value? */
export type OptionKinds = Readonly<Record<string, 'boolean' | 'string'>>;

export interface Options {
  has(name: string): boolean;
  value(name: string): string | undefined;
  readonly operands: readonly string[];
}

/** @throws UsageMistake for an option that there is not, a value too many or too few */
export function readOptions(verb: string, args: readonly string[], kinds: OptionKinds): Options {
  const options: ParseArgsConfig['options'] = { help: { type: 'boolean', short: 'h' } };
  for (const [name, type] of Object.entries(kinds)) options[name] = { type };
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const type = options[name]?.type;
    const say = (sentence: string) => new UsageMistake(`${verb}: ${sentence}`);
    if (type === undefined) {
      const known = Object.keys(options).map((known) => `--${known}`);
      throw say(`there is no option \`${rawName}\`${didYouMean(rawName, known) || `; there are ${known.join(', ')}`}`);
    }
    if (type === 'string' && (value === undefined || (!token.inlineValue && /^-./.test(value))))
      throw say(`\`${rawName}\` needs a value`);
    if (type === 'boolean' && value !== undefined) throw say(`\`${rawName}\` takes no value`);
    if (type === 'string' && given.has(name)) throw say(`\`${rawName}\` is given twice`);
    given.set(name, value ?? '');
  }
  return { has: (name) => given.has(name), value: (name) => given.get(name), operands: positionals };
}
