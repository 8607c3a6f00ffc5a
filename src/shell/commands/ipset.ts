/** ipset(8) on the sets of a namespace. */
import { IPSET, NetfilterMistake } from '../../netfilter/mistake.js';
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';

const TEST = new Set(['test', '-T', '--test']);
const RESTORE = new Set(['restore', '-R', '--restore']);
const VERSION = new Set(['version', '-v', '--version', '-V']);
const LIST_OPTIONS = new Set(['-n', '-name', '-exist', '-!', '--exist', '-q', '-quiet', '--quiet']);

export const ipset: Command = {
  names: ['ipset'],
  models: 'ipset 7.17',
  usage: [
    'ipset [-exist|-!] [-q] create SET TYPE [OPTION ...]',
    'ipset [-exist|-!] [-q] {add|del|test} SET ELEMENT [OPTION ...]',
    'ipset {destroy|flush|save} [SET]',
    'ipset list [-n] [SET]',
    'ipset {rename|swap} SET SET',
    'ipset [-exist] restore    (lines of `ipset save` on the standard input)',
  ],
  run(call) {
    const quiet = call.args.some((word) => /^--?q(uiet)?$/.test(word));
    const words = call.args
      .filter((word) => !/^--?q(uiet)?$/.test(word))
      .map((word) => (word === '--exist' ? '-exist' : word));
    const command = words.find((word) => !LIST_OPTIONS.has(word)) ?? '';
    refuseUnknownListing(command, words);
    try {
      return run(call, command, words);
    } catch (mistake) {
      if (!(mistake instanceof NetfilterMistake)) throw mistake;
      throw new CommandFailure(quiet ? '' : complaintOf(mistake), mistake.exitCode);
    }
  },
};

function run({ ns, out, err, stdin }: Call, command: string, words: readonly string[]): number {
  const { sets } = ns.netfilter;
  if (VERSION.has(command)) {
    out(`${IPSET}, protocol version: 7\n`);
    return 0;
  }
  if (RESTORE.has(command)) {
    sets.restore(words.some((word) => word === '-exist' || word === '-!') ? withExist(stdin) : stdin);
    return 0;
  }
  const printed = sets.run(words);
  // Whether an element is in a set is said on stderr.
  if (TEST.has(command)) err(printed);
  else if (printed !== '') out(printed);
  return 0;
}

/** `ipset -exist restore` says -exist in each line. */
function withExist(text: string): string {
  return text.replace(/^((?:create|add|del|-N|-A|-D) .*)$/gm, '$1 -exist');
}

function complaintOf({ stderr, exitCode }: NetfilterMistake): string {
  return `${stderr.trimEnd()}\n${exitCode === 2 ? "Try `ipset help' for more information.\n" : ''}`;
}

function refuseUnknownListing(command: string, words: readonly string[]): void {
  if (!['list', '-L', '--list', 'save', '-S', '--save'].includes(command)) return;
  const option = words.find((word) => word.startsWith('-') && word !== command && !LIST_OPTIONS.has(word));
  if (option !== undefined)
    throw new NotSimulated(`the option \`${option}\` of \`ipset ${command}\` is not simulated; there is -n`);
}
