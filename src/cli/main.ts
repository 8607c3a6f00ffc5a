/** `netherkin VERB ...`: finds the verb, and says in one sentence what a person got wrong. */
import { readFileSync } from 'node:fs';
import { didYouMean } from '../net/did-you-mean.js';
import type { Terminal } from './terminal.js';
import { UsageMistake } from './verb.js';
import { VERBS } from './verbs.js';

const MISUSE = 2;

/** Gives the exit code. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageMistake)) throw error;
    terminal.err(`netherkin: ${error.message}\n`);
    return MISUSE;
  }
}

async function run([first, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (first === '--version' || first === '-V') {
    terminal.out(`netherkin ${version()}\n`);
    return 0;
  }
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    terminal.out(help());
    return 0;
  }
  const names = VERBS.map(({ name }) => name);
  if (first === undefined)
    throw new UsageMistake(`say what to do: ${names.join(', ')}; \`netherkin --help\` tells more`);
  if (first === 'help') return run([rest[0]!, '--help'], terminal);
  const verb = VERBS.find(({ name }) => name === first);
  if (!verb) throw new UsageMistake(unknown(first, names));
  if (beforeOperands(rest).some((word) => word === '--help' || word === '-h')) {
    terminal.out(verb.help);
    return 0;
  }
  return verb.run(rest, terminal);
}

function unknown(word: string, names: readonly string[]): string {
  if (!word.startsWith('-'))
    return `there is no \`${word}\`${didYouMean(word, names) || `; there is ${names.join(', ')}`}`;
  const options = ['--help', '--version'];
  return `there is no option \`${word}\`${didYouMean(word, options) || `; there are ${options.join(', ')}`}`;
}

/** What stands before `--`. */
function beforeOperands(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}

function help(): string {
  const width = Math.max(...VERBS.map(({ name }) => name.length));
  return `Usage: netherkin VERB [OPTION ...]

${VERBS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join('')}
\`netherkin VERB --help\` tells more of one; \`netherkin --version\` says which version this is.
`;
}
