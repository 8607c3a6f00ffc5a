/** What could stand at the end of a line: commands, their words, and the names of what there is. */
import type { Fabric } from '../../fabric/fabric.js';
import { TABLES } from '../../netfilter/hooks.js';
import { COMMANDS } from '../../shell/commands.js';
import type { Namespace } from '../../stack/namespace.js';

/** Words after which a device's name comes. */
const BEFORE_DEVICE = new Set(['dev', 'iif', 'oif', 'master', '-i', '-o', '--in-interface', '--out-interface']);
/** Words after which a chain's name comes. */
const BEFORE_CHAIN = new Set([...['-A', '-I', '-D', '-R', '-C', '-L', '-S', '-F', '-Z', '-X', '-E', '-P', '-j', '-g']]);
/** Words after which the name of a network namespace comes. */
const BEFORE_NAMESPACE = new Set(['exec', 'netns', '-n', '-netns', 'del']);

/** As node:readline wants it: the candidates, and the beginning of a word that they complete. */
export function completions(line: string, ns: Namespace, fabric: Fabric): readonly [string[], string] {
  const command = line.split(/[;|&]|\bdo\b|\bthen\b/).at(-1)!;
  const words = command.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const candidates = [...new Set(wordsFor(words, ns, fabric))].filter((word) => word.startsWith(last)).sort();
  return [candidates.map((word) => `${word} `), last];
}

function wordsFor(words: readonly string[], ns: Namespace, fabric: Fabric): string[] {
  const [name = '', ...before] = innerCommand(words.slice(0, -1));
  if (words.length === 1 || name === '') return [...COMMANDS.keys()];
  const previous = before.at(-1) ?? '';
  const there = namespaceOf(words, ns, fabric);
  const devices = [...there.devices.keys()];
  const isIptables = name.startsWith('iptables');
  if (isIptables && previous === '-t') return [...TABLES];
  if (isIptables && BEFORE_CHAIN.has(previous)) return chainsOf(there);
  if (BEFORE_DEVICE.has(previous)) return devices;
  if (name === 'ip' && BEFORE_NAMESPACE.has(previous)) return [...namespaceNames(fabric), ...usageWords(name)];
  return [...usageWords(name), ...devices, ...(isIptables ? chainsOf(there) : [])];
}

/** `ip netns exec NAME COMMAND ...` completes as COMMAND does. */
function innerCommand(words: readonly string[]): readonly string[] {
  const [ip, netns, exec, name, ...inner] = words;
  return ip === 'ip' && netns === 'netns' && exec === 'exec' && name !== undefined && words.length >= 4 ? inner : words;
}

function namespaceOf(words: readonly string[], ns: Namespace, fabric: Fabric): Namespace {
  const at = words.findIndex((word) => word === 'exec' || word === '-n');
  return (at > 0 && words[0] === 'ip' ? fabric.namespaces.get(words[at + 1] ?? '') : undefined) ?? ns;
}

function namespaceNames(fabric: Fabric): string[] {
  return [...fabric.namespaces.keys()].filter((name) => name !== '');
}

function chainsOf({ netfilter }: Namespace): string[] {
  return [...netfilter.ruleSet.values()].flatMap(({ chains }) => [...chains.keys()]);
}

/** The words of a command's usage that stand for themselves. */
function usageWords(name: string): string[] {
  const usage = COMMANDS.get(name)?.usage ?? [];
  return usage.flatMap((form) => form.match(/(?<![\w-])--?[a-zA-Z][\w-]*|(?<![\w-])[a-z][a-z_-]+/g) ?? []);
}
