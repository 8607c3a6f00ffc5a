/** `-j SET`: puts the packet's addresses into ip sets, or takes them out (xt_set.c). */
import type { Directions } from '../../ipset/store.js';
import { refusal } from '../../text/word.js';
import type { Options, RuleHead, TargetExtension } from '../extension.js';
import { readDirections, refuseUnknownSet } from '../set-reference.js';
import { readUnsigned } from '../values.js';

/** What a set could give a packet from its `skbinfo`. */
const MAPPED = ['map-mark', 'map-prio', 'map-queue'] as const;

interface SetName {
  readonly name: string;
  readonly directions: Directions;
}

export const SET: TargetExtension = {
  name: 'SET',
  options: [
    { name: 'add-set', takes: 2 },
    { name: 'del-set', takes: 2 },
    { name: 'exist', takes: 0 },
    { name: 'timeout', takes: 1 },
    { name: 'map-set', takes: 2 },
    ...MAPPED.map((name) => ({ name, takes: 0 }) as const),
  ],
  build(options, head) {
    const added = read(options, 'add-set', head);
    const deleted = read(options, 'del-set', head);
    const mapped = read(options, 'map-set', head);
    const flags = MAPPED.filter((flag) => options.has(flag));
    if (mapped && flags.length === 0) {
      const says = "You must specify flags `--map-mark' or '--map-prio` or `--map-queue'";
      throw refusal(options.at, 'missing-option', says);
    }
    if (!added && !deleted && !mapped) {
      const says = "You must specify either `--add-set' or `--del-set' or `--map-set'";
      throw refusal(options.at, 'missing-option', says);
    }
    const exist = options.has('exist');
    const given = options.get('timeout');
    const timeout = given && readUnsigned('SET', given, 0, 0xffffffff);
    const text = [
      ...(added ? [`--add-set ${format(added)}`] : []),
      ...(exist ? ['--exist'] : []),
      ...(timeout === undefined ? [] : [`--timeout ${timeout}`]),
      ...(deleted ? [`--del-set ${format(deleted)}`] : []),
      ...(mapped ? [`--map-set ${format(mapped)}`, ...flags.map((flag) => `--${flag}`)] : []),
    ].join(' ');
    return {
      kind: 'extension',
      name: 'SET',
      text,
      listing: text.replaceAll('--', ''),
      act({ sets, skb, pass }) {
        if (mapped) return { verdict: 'UNDETERMINED', reason: `\`-j SET ${text}\` is not modelled` };
        if (added) sets.learn(added.name, added.directions, skb, pass, timeout, exist);
        if (deleted) sets.forget(deleted.name, deleted.directions, skb, pass);
        return { verdict: 'CONTINUE' };
      },
    };
  },
};

function read(options: Options, option: string, head: RuleHead): SetName | undefined {
  const given = options.get(option);
  if (given === undefined) return undefined;
  refuseUnknownSet(given.values[0]!, head);
  return { name: given.values[0]!.text, directions: readDirections(given.values[1]!) };
}

function format({ name, directions }: SetName): string {
  return `${name} ${directions.join()}`;
}
