/** Filters of pcap-filter(7): what is named after `tcpdump`, as far as people type it. */
import { contains, type Ipv4, parseIpv4, parsePrefix } from '../../../net/ipv4.js';
import { type Frame, portsOf } from '../../../net/packet.js';
import { NotSimulated } from '../../failures.js';

export type Filter = (frame: Frame) => boolean;

const PROTOCOLS = ['icmp', 'tcp', 'udp'];

/** `and` and `or` bind alike, from left to right; `not` binds closer. @throws NotSimulated */
export function readFilter(words: readonly string[]): Filter {
  const rest = words
    .join(' ')
    .replace(/[()!]/g, ' $& ')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (rest.length === 0) return () => true;
  const filter = expression(rest);
  if (rest.length > 0) throw unknown(rest[0]);
  return filter;
}

function expression(rest: string[]): Filter {
  let filter = term(rest);
  for (;;) {
    const operator = rest[0];
    if (operator === 'and' || operator === '&&') {
      rest.shift();
      const [left, right] = [filter, term(rest)];
      filter = (frame) => left(frame) && right(frame);
    } else if (operator === 'or' || operator === '||') {
      rest.shift();
      const [left, right] = [filter, term(rest)];
      filter = (frame) => left(frame) || right(frame);
    } else return filter;
  }
}

function term(rest: string[]): Filter {
  const word = rest.shift();
  if (word === 'not' || word === '!') {
    const inner = term(rest);
    return (frame) => !inner(frame);
  }
  if (word === '(') {
    const inner = expression(rest);
    if (rest.shift() !== ')') throw unknown('(');
    return inner;
  }
  return primitive(word, rest);
}

function primitive(word: string | undefined, rest: string[]): Filter {
  if (word === 'arp') return ({ kind }) => kind === 'arp';
  if (word === 'ip') {
    if (rest[0] !== 'host' && rest[0] !== 'net' && rest[0] !== 'src' && rest[0] !== 'dst')
      return ({ kind }) => kind === 'ipv4';
    const inner = primitive(rest.shift(), rest);
    return (frame) => frame.kind === 'ipv4' && inner(frame);
  }
  if (word !== undefined && PROTOCOLS.includes(word)) {
    const of: Filter = (frame) => frame.kind === 'ipv4' && frame.packet.payload.kind === word;
    if (rest[0] !== 'port' && rest[0] !== 'src' && rest[0] !== 'dst') return of;
    const inner = primitive(rest.shift(), rest);
    return (frame) => of(frame) && inner(frame);
  }
  const side = word === 'src' || word === 'dst' ? word : undefined;
  const kind = side === undefined ? word : ['host', 'net', 'port'].includes(rest[0] ?? '') ? rest.shift() : 'host';
  const value = rest.shift() ?? '';
  if (kind === 'port' && /^[0-9]+$/.test(value)) {
    return (frame) => {
      const ports = frame.kind === 'ipv4' ? portsOf(frame.packet.payload) : undefined;
      return ports !== undefined && either(side, ports.sport, ports.dport, (port) => port === Number(value));
    };
  }
  const prefix = kind === 'net' ? parsePrefix(value) : hostPrefix(kind === 'host' ? value : '');
  if (!prefix) throw unknown(kind === 'host' || kind === 'net' || kind === 'port' ? value : kind);
  return (frame) => {
    const [source, target] = addressesOf(frame);
    return either(side, source, target, (address) => contains(prefix, address));
  };
}

function hostPrefix(text: string) {
  const address = parseIpv4(text);
  return address === undefined ? undefined : { address, length: 32 };
}

function addressesOf(frame: Frame): readonly [Ipv4, Ipv4] {
  return frame.kind === 'arp' ? [frame.arp.senderIp, frame.arp.targetIp] : [frame.packet.src, frame.packet.dst];
}

function either<T>(side: 'src' | 'dst' | undefined, source: T, target: T, holds: (value: T) => boolean): boolean {
  return (side !== 'dst' && holds(source)) || (side !== 'src' && holds(target));
}

function unknown(word: string | undefined): NotSimulated {
  return new NotSimulated(
    `the filter at \`${word ?? 'its end'}\` is not simulated; there are arp, ip, icmp, tcp, udp, [src|dst] {host ADDRESS|net PREFIX|port NUMBER}, and, or, not`,
  );
}
