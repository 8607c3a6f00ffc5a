/** The shell's `test` and `[`: numbers, texts and files. */
import type { Call, Command } from '../../command.js';
import { NotSimulated } from '../../failures.js';

const MISUSE = 2;

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

const TEXTS: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

export const test: Command = {
  names: ['test', '['],
  models: 'bash 5.2',
  usage: ['test [!] {-z|-n|-e|-f} WORD', 'test [!] WORD {=|!=|-eq|-ne|-lt|-le|-gt|-ge} WORD', '[ EXPRESSION ]'],
  builtin: true,
  run(call) {
    const args = [...call.args];
    if (call.name === '[' && args.pop() !== ']') {
      call.complain("missing `]'");
      return MISUSE;
    }
    let negated = false;
    while (args[0] === '!' && args.length > 1) {
      negated = !negated;
      args.shift();
    }
    const holds = evaluate(call, args);
    return holds === undefined ? MISUSE : Number(holds === negated);
  },
};

/** Undefined for what bash refuses, once that is said. */
function evaluate(call: Call, args: readonly string[]): boolean | undefined {
  const [a = '', b = '', c = ''] = args;
  if (args.length <= 1) return a !== '';
  if (args.length === 2) {
    if (b !== undefined && a === '-z') return b === '';
    if (a === '-n') return b !== '';
    if (a === '-e' || a === '-f') return call.files.read(call.ns, b).ok;
  }
  const compareTexts = args.length === 3 ? TEXTS[b] : undefined;
  if (compareTexts) return compareTexts(a, c);
  const compareNumbers = args.length === 3 ? NUMBERS[b] : undefined;
  if (!compareNumbers) throw new NotSimulated(`the test \`${args.join(' ')}\` is not simulated`);
  const odd = [a, c].find((word) => !/^\s*[-+]?[0-9]+\s*$/.test(word));
  if (odd === undefined) return compareNumbers(Number(a), Number(c));
  call.complain(`${odd}: integer expression expected`);
  return undefined;
}
