/** Addresses and ports of the NAT targets (libxt_NAT.c). */
import { formatIpv4, parseIpv4 } from '../../net/ipv4.js';
import { ICMP, TCP, UDP } from '../../net/packet.js';
import type { NatRange } from '../conntrack/service.js';
import { refusal, type Word } from '../text/word.js';
import type { OptionSpec, Options, RuleHead } from './extension.js';
import { formatRange, parseUnsigned, type Range, readPort } from './values.js';

const SCTP = 132;
const DCCP = 33;
const WITH_PORTS: readonly number[] = [TCP, UDP, SCTP, DCCP, ICMP];

/** `--random`, `--random-fully` and `--persistent`, in the order in which they are printed. */
const FLAGS = ['random', 'random-fully', 'persistent'] as const;
type Flag = (typeof FLAGS)[number];

export function flagOptions(...flags: readonly Flag[]): OptionSpec[] {
  return flags.map((name) => ({ name, takes: 0 }));
}

export function givenFlags(options: Options): Flag[] {
  return FLAGS.filter((flag) => options.has(flag));
}

export function rangeWith(options: Options, addresses: NatRange['addresses'], ports: NatRange['ports']): NatRange {
  return {
    addresses,
    ports,
    random: options.has('random'),
    randomFully: options.has('random-fully'),
    persistent: options.has('persistent'),
  };
}

/** What `--to-source` and `--to-destination` name. */
export interface NatTo {
  readonly addresses: Range | undefined;
  readonly ports: Range | undefined;
  /** `/3000` behind a range of ports: ports are shifted by the distance to it. */
  readonly basePort: number | undefined;
}

/** Reads `1.2.3.4`, `1.2.3.4-1.2.3.9:80-90`, `:80`. */
export function readNatTo(word: Word, head: RuleHead): NatTo {
  const colon = word.text.indexOf(':');
  const addressText = colon < 0 ? word.text : word.text.slice(0, colon);
  const [portText, baseText] = colon < 0 ? [] : word.text.slice(colon + 1).split('/');
  if (portText !== undefined) needPorts(word, head);
  return {
    ports: portText === undefined ? undefined : readNatPorts(word, portText),
    basePort: baseText === undefined ? undefined : readPort(word, baseText),
    addresses: addressText === '' && colon >= 0 ? undefined : readAddresses(word, addressText),
  };
}

/** A rule that changes ports has to select a protocol that has some. */
export function needPorts(word: Word, { protocol }: RuleHead): void {
  if (protocol && !protocol.negated && WITH_PORTS.includes(protocol.value)) return;
  throw refusal(word, 'wrong-protocol', 'Need TCP, UDP, SCTP or DCCP with port specification');
}

export function readNatPorts(word: Word, text: string): Range {
  const [first, last = first] = text.split('-');
  const min = readNatPort(word, first!);
  const max = readNatPort(word, last!);
  if (min > max) throw refusal(word, 'bad-argument', `Port range \`${last}' funky\n`);
  return { min, max };
}

function readNatPort(word: Word, text: string): number {
  if (!/^[0-9]/.test(text)) return readPort(word, text);
  const port = parseUnsigned(text, 65535);
  if (!port) throw refusal(word, 'bad-argument', `Port \`${text}' not valid\n`);
  return port;
}

function readAddresses(word: Word, text: string): Range {
  const [first, last = first] = text.split('-');
  const [min, max] = [first!, last!].map((item) => {
    const address = parseIpv4(item);
    if (address === undefined) throw refusal(word, 'bad-argument', `Bad IP address "${item}"\n`);
    return address;
  });
  return { min: min!, max: max! };
}

export function formatNatTo({ addresses, ports, basePort }: NatTo): string {
  const first = addresses ? formatIpv4(addresses.min) : '';
  const last = addresses && addresses.max !== addresses.min ? `-${formatIpv4(addresses.max)}` : '';
  const port = ports ? `:${formatRange(ports, '-')}` : '';
  return `${first}${last}${port}${basePort === undefined ? '' : `/${basePort}`}`;
}
