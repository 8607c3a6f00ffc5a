/** `-m multiport`: up to fifteen ports and ranges, on either side (xt_multiport.c). */
import { portsOf, TCP, UDP } from '../../../net/packet.js';
import { refusal, type Word } from '../../text/word.js';
import type { MatchExtension, Options, RuleHead } from '../extension.js';
import { serviceOf } from '../services.js';
import { formatRange, type Range, readPort, within } from '../values.js';

const SCTP = 132;
const DCCP = 33;
const UDPLITE = 136;
const PROTOCOLS = [TCP, UDP, UDPLITE, SCTP, DCCP];
/** XT_MULTI_PORTS: a range takes two places. */
const PLACES = 15;

const SIDES = { 'source-ports': 'sports', 'destination-ports': 'dports', ports: 'ports' } as const;
type Side = keyof typeof SIDES;

export const multiport: MatchExtension = {
  name: 'multiport',
  options: [
    {
      name: 'source-ports',
      aliases: ['sports'],
      takes: 1,
      negatable: true,
      excludes: ['destination-ports', 'ports'],
    },
    { name: 'destination-ports', aliases: ['dports'], takes: 1, negatable: true, excludes: ['source-ports', 'ports'] },
    { name: 'ports', aliases: ['port'], takes: 1, negatable: true, excludes: ['source-ports', 'destination-ports'] },
  ],
  build(options, head) {
    const side = sideOf(options, head);
    const { negated, values } = options.get(side)!;
    const ranges = readRanges(values[0]!);
    const list = ranges.map((range) => formatRange(range)).join();
    const not = negated ? '! ' : '';
    return {
      extension: 'multiport',
      text: `-m multiport ${not}--${SIDES[side]} ${list}`,
      listing: `multiport ${SIDES[side]} ${negated ? ' !' : ''}${list}`,
      named: `multiport ${SIDES[side]} ${negated ? ' !' : ''}${ranges.map((range) => named(head, range)).join()}`,
      test({ skb: { packet } }) {
        const ports = portsOf(packet.payload);
        if (ports === undefined) return 'unknown';
        const holds = ranges.some(
          (range) =>
            (side !== 'destination-ports' && within(range, ports.sport)) ||
            (side !== 'source-ports' && within(range, ports.dport)),
        );
        return holds !== negated;
      },
      explain({ skb: { packet } }) {
        const ports = portsOf(packet.payload);
        if (ports === undefined) return `--${SIDES[side]}: the ports of protocol ${packet.protocol} are not modelled`;
        return `${not}--${SIDES[side]} ${list} wanted, the packet goes from port ${ports.sport} to port ${ports.dport}`;
      },
    };
  },
};

/** TCP and UDP have names for their ports. */
function named({ protocol }: RuleHead, range: Range): string {
  if (protocol?.value !== TCP && protocol?.value !== UDP) return formatRange(range);
  const name = (port: number) => serviceOf(protocol.value === TCP ? 'tcp' : 'udp', port);
  return range.min === range.max ? name(range.min) : `${name(range.min)}:${name(range.max)}`;
}

function sideOf(options: Options, head: RuleHead): Side {
  const { protocol } = head;
  if (options.size > 0 && protocol === undefined) {
    const says = "multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'";
    throw refusal(head.at, 'wrong-protocol', says);
  }
  if (protocol && (protocol.negated || !PROTOCOLS.includes(protocol.value))) {
    throw refusal(head.at, 'wrong-protocol', 'multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP');
  }
  const side = (Object.keys(SIDES) as Side[]).find((name) => options.has(name));
  if (side === undefined) throw refusal(head.at, 'missing-option', 'multiport expection an option');
  return side;
}

function readRanges(word: Word): Range[] {
  let places = 0;
  return word.text.split(',').map((item) => {
    const [first, second] = item.split(':');
    places += second === undefined ? 1 : 2;
    if (places > PLACES) throw refusal(word, 'bad-argument', 'too many ports specified');
    const min = readPort(word, first!);
    const max = second === undefined ? min : readPort(word, second);
    if (second !== undefined && min >= max) throw refusal(word, 'bad-argument', 'invalid portrange specified');
    return { min, max };
  });
}
