/** sysctl(8) over the settings that the stack models. */
import type { Call, Command } from '../command.js';
import { CommandFailure } from '../failures.js';
import { refuseUnmodelled, settingsBelow } from '../files.js';
import { linesOf } from '../lines.js';
import { flags, type OptionTable, type ReadOptions, readOptions } from '../options.js';

const OPTIONS = {
  letters: {
    ...flags('aAXbenNpfqw'),
    r: 'value',
  },
  long: { all: 'a', ignore: 'e', names: 'N', values: 'n', load: 'p', pattern: 'r', quiet: 'q', write: 'w' },
} satisfies OptionTable;

const USAGE = `
Usage:
 sysctl [options] [variable[=value] ...]

Options:
  -a, --all            display all variables
  -A                   alias of -a
  -X                   alias of -a
      --deprecated     include deprecated parameters to listing
      --dry-run        Print the key and values but do not write
  -b, --binary         print value without new line
  -e, --ignore         ignore unknown variables errors
  -N, --names          print variable names without values
  -n, --values         print only values of the given variable(s)
  -p, --load[=<file>]  read values from file
  -f                   alias of -p
      --system         read values from all system directories
  -r, --pattern <expression>
                       select setting that match expression
  -q, --quiet          do not echo variable set
  -w, --write          enable writing a value to variable
  -o                   does nothing
  -x                   does nothing
  -d                   alias of -h

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see sysctl(8).
`;

export const sysctl: Command = {
  names: ['sysctl'],
  models: 'procps-ng 4.0.2, for the settings that the stack models',
  usage: [
    'sysctl [-bennNq] KEY ...',
    'sysctl [-enNq] [-w] KEY=VALUE ...',
    'sysctl -a [-nN] [-r PATTERN]',
    'sysctl -p [FILE]',
  ],
  run(call) {
    const options = readOptions(call, OPTIONS);
    if (['a', 'A', 'X'].some((letter) => options.has(letter))) return showAll(call, options);
    if (options.has('p') || options.has('f')) return load(call, options);
    if (options.operands.length === 0) throw new CommandFailure(USAGE, 1);
    return worst(options.operands.map((operand) => setOrShow(call, options, operand)));
  },
};

function showAll(call: Call, options: ReadOptions): number {
  const pattern = new RegExp(options.value('r') ?? '');
  for (const key of call.ns.sysctl.keys()) if (pattern.test(key)) show(call, options, key);
  return 0;
}

function setOrShow(call: Call, options: ReadOptions, operand: string): number {
  const equals = operand.indexOf('=');
  if (equals >= 0) return set(call, options, operand.slice(0, equals), operand.slice(equals + 1));
  if (options.has('w')) return complain(call, 'command line(0): invalid syntax, continuing...');
  const key = dotted(operand);
  if (call.ns.sysctl.get(key) !== undefined) {
    show(call, options, key);
    return 0;
  }
  const below = settingsBelow(call.ns, key);
  for (const setting of below) show(call, options, setting);
  return below.length > 0 ? 0 : missing(call, options, key);
}

function set(call: Call, options: ReadOptions, name: string, value: string): number {
  const key = dotted(name.trim());
  if (call.ns.sysctl.get(key) === undefined) return missing(call, options, key);
  if (!call.ns.sysctl.set(key, value)) return complain(call, `setting key "${key}": Invalid argument`);
  if (!options.has('q')) print(call, options, key, value.trim());
  return 0;
}

/** `key = value` lines; `#` and `;` begin comments (sysctl.conf(5)). */
function load(call: Call, options: ReadOptions): number {
  const files = options.operands.length > 0 ? options.operands : ['/etc/sysctl.conf'];
  const codes = files.map((file) => {
    const read = call.files.read(call.ns, file);
    // Every host has an /etc/sysctl.conf; without an order to the contrary it holds comments only.
    if (!read.ok && file === '/etc/sysctl.conf') return 0;
    if (!read.ok) return complain(call, `cannot open "${file}": ${read.error}`);
    return worst(
      linesOf(read.value).map((line, index) => {
        if (/^\s*([#;].*)?$/.test(line)) return 0;
        const [, name, value] = /^\s*-?([^=]+?)\s*=\s*(.*)$/.exec(line) ?? [];
        if (name === undefined || value === undefined)
          return complain(call, `${file}(${index + 1}): invalid syntax, continuing...`);
        return set(call, options, name, value);
      }),
    );
  });
  return worst(codes);
}

function show(call: Call, options: ReadOptions, key: string): void {
  print(call, options, key, call.ns.sysctl.get(key) ?? '');
}

function print({ out }: Call, options: ReadOptions, key: string, value: string): void {
  if (options.has('N')) out(`${key}\n`);
  else if (options.has('b')) out(value);
  else out(options.has('n') ? `${value}\n` : `${key} = ${value}\n`);
}

function missing(call: Call, options: ReadOptions, key: string): number {
  refuseUnmodelled(call.ns, key);
  if (options.has('e')) return 0;
  return complain(call, `cannot stat /proc/sys/${key.replaceAll('.', '/')}: No such file or directory`);
}

function complain({ err }: Call, sentence: string): number {
  err(`sysctl: ${sentence}\n`);
  return 1;
}

/** `net/ipv4/ip_forward` is `net.ipv4.ip_forward`. */
function dotted(key: string): string {
  return key.includes('/') && !/^[^/]*\./.test(key) ? key.replaceAll('/', '.') : key;
}

function worst(codes: readonly number[]): number {
  return Math.max(0, ...codes);
}
