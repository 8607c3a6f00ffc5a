/** The words that describe a device in `ip link add`, after `peer`, and in `ip link set` (iplink_parse). */
import { NotSimulated } from '../../failures.js';
import { type Arguments, duplicate, garbage, invalid, matches, readLladdr, readUnsigned } from './arguments.js';

export interface LinkWords {
  readonly device: string | undefined;
  readonly name: string | undefined;
  readonly up: boolean | undefined;
  readonly mtu: number | undefined;
  readonly address: string | undefined;
  readonly netns: string | undefined;
  /** '' for `nomaster`. */
  readonly master: string | undefined;
  /** What follows it belongs to the type, and is still to be read. */
  readonly type: string | undefined;
}

type Draft = { -readonly [Key in keyof LinkWords]: LinkWords[Key] };

const NOT_SIMULATED = [
  ...[
    'index',
    'broadcast',
    'txqueuelen',
    'qlen',
    'xdp',
    'multicast',
    'allmulticast',
    'promisc',
    'trailers',
    'arp',
    'carrier',
  ],
  ...[
    'vf',
    'vrf',
    'dynamic',
    'alias',
    'group',
    'mode',
    'state',
    'numtxqueues',
    'numrxqueues',
    'addrgenmode',
    'link-netns',
  ],
  ...['link-netnsid', 'protodown', 'gso_max_size', 'gro_max_size', 'link', 'parentdev', 'altname'],
];

export function readLinkWords(args: Arguments): LinkWords {
  const draft: Draft = {
    ...{ device: undefined, name: undefined, up: undefined, mtu: undefined, address: undefined },
    ...{ netns: undefined, master: undefined, type: undefined },
  };
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'type') {
      draft.type = args.need();
      break;
    }
    readWord(draft, word, args);
  }
  return draft;
}

function readWord(draft: Draft, word: string, args: Arguments): void {
  if (word === 'up' || word === 'down') draft.up = word === 'up';
  else if (word === 'name') draft.name = once('name', draft.name, interfaceName('name', args.need()));
  else if (matches(word, 'address')) draft.address = readLladdr(args.need());
  else if (word === 'mtu') {
    const value = args.need();
    if (draft.mtu !== undefined) throw duplicate('mtu', value);
    draft.mtu = readUnsigned(value, 'Invalid "mtu" value\n');
  } else if (word === 'netns') draft.netns = once('netns', draft.netns, args.need());
  else if (word === 'master') draft.master = once('master', draft.master, args.need());
  else if (word === 'nomaster') draft.master = '';
  else if (NOT_SIMULATED.includes(word)) throw new NotSimulated(`\`${word}\` of a link is not simulated`);
  else {
    const name = word === 'dev' ? args.need() : word;
    if (draft.device !== undefined) throw garbage('dev', name);
    draft.device = interfaceName('dev', name);
  }
}

function once(keyword: string, before: string | undefined, value: string): string {
  if (before !== undefined) throw duplicate(keyword, value);
  return value;
}

/** check_ifname(). The length is the kernel's to check. */
function interfaceName(keyword: string, name: string): string {
  if (name === '' || name.length > 16 * 8 || /[/\s]/.test(name)) throw invalid(`"${keyword}" not a valid ifname`, name);
  return name;
}
