/** What a rule's own conditions (-s -d -i -o -p) tell the index of a long chain. */
import { netmask } from '../../net/ipv4.js';
import type { Evaluation, Guard, GuardFamily, Negatable, PrefixMask, Selector } from '../rule.js';
import { maskLength } from '../xt/values.js';

export function selectorGuards({ source, destination, in: input, out: output, protocol }: Selector): Guard[] {
  return [
    ...addressGuard('source', source),
    ...addressGuard('destination', destination),
    ...interfaceGuard('in', input),
    ...interfaceGuard('out', output),
    ...(protocol && !protocol.negated ? [{ family: PROTOCOL, value: protocol.value }] : []),
  ];
}

const PROTOCOL: GuardFamily = {
  name: 'protocol',
  strength: 4,
  watches: 'nothing',
  valueOf: ({ skb }) => skb.packet.protocol,
};

/** One family for each side and prefix length. */
const ADDRESSES = {
  source: Array.from({ length: 33 }, (_, length) => addressFamily('source', length)),
  destination: Array.from({ length: 33 }, (_, length) => addressFamily('destination', length)),
};

function addressFamily(side: 'source' | 'destination', length: number): GuardFamily {
  const mask = netmask(length);
  const maskedAddress =
    side === 'source'
      ? ({ skb }: Evaluation) => (skb.packet.src & mask) >>> 0
      : ({ skb }: Evaluation) => (skb.packet.dst & mask) >>> 0;
  return { name: `${side}/${length}`, strength: length, watches: 'nothing', valueOf: maskedAddress };
}

function addressGuard(side: 'source' | 'destination', given: Negatable<PrefixMask> | undefined): Guard[] {
  const length = given && !given.negated ? maskLength(given.value.mask) : undefined;
  return length ? [{ family: ADDRESSES[side][length]!, value: given!.value.address }] : [];
}

/** One family for whole names, and one for each length of a beginning. */
function interfaceGuard(side: 'in' | 'out', given: Negatable<string> | undefined): Guard[] {
  if (given === undefined || given.negated || given.value === '+') return [];
  if (!given.value.endsWith('+')) return [{ family: WHOLE_NAMES[side], value: given.value }];
  const beginning = given.value.slice(0, -1);
  const { length } = beginning;
  const family: GuardFamily = {
    name: `${side} ${length}+`,
    strength: 10,
    watches: 'nothing',
    valueOf: ({ pass }) => pass[side].slice(0, length),
  };
  return [{ family, value: beginning }];
}

const WHOLE_NAMES: Readonly<Record<'in' | 'out', GuardFamily>> = {
  in: { name: 'in', strength: 22, watches: 'nothing', valueOf: ({ pass }) => pass.in },
  out: { name: 'out', strength: 22, watches: 'nothing', valueOf: ({ pass }) => pass.out },
};
