/** Frames as tcpdump -n prints them (print-arp.c, print-icmp.c, print-tcp.c). TCP options are not modelled and not shown. */
import {
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_FRAG_NEEDED,
  ICMP_PORT_UNREACH,
  ICMP_PROT_UNREACH,
  ICMP_REDIRECT,
  ICMP_TIME_EXCEEDED,
} from '../../../net/icmp.js';
import { formatIpv4 } from '../../../net/ipv4.js';
import {
  type Frame,
  type IcmpMessage,
  IPV4_HEADER,
  type Packet,
  TCP_FLAGS,
  type TcpSegment,
} from '../../../net/packet.js';

const ETHERNET_HEADER = 14;
const ARP_LENGTH = 28;

/** unreach2str of print-icmp.c. */
const UNREACHABLE: Readonly<Record<number, string>> = {
  0: 'net %s unreachable',
  1: 'host %s unreachable',
  5: '%s unreachable - source route failed',
  6: 'net %s unreachable - unknown',
  7: 'host %s unreachable - unknown',
  8: '%s unreachable - source host isolated',
  9: 'net %s unreachable - admin prohibited',
  10: 'host %s unreachable - admin prohibited',
  11: 'net %s unreachable - tos prohibited',
  12: 'host %s unreachable - tos prohibited',
  13: 'host %s unreachable - admin prohibited filter',
};

const FLAGS = [
  ['FIN', 'F'],
  ['SYN', 'S'],
  ['RST', 'R'],
  ['PSH', 'P'],
  ['ACK', '.'],
] as const;

/** One run of tcpdump: it remembers where connections began, to count their octets from there. */
export class Printer {
  readonly #connections = new Map<string, { readonly seq: number; readonly ack: number }>();

  /** Without the time in front. `link`: with the Ethernet header, `-e`. */
  line(frame: Frame, link: boolean): string {
    const text = frame.kind === 'arp' ? arpText(frame) : this.#ipText(frame.packet);
    if (!link) return `${frame.kind === 'arp' ? 'ARP, ' : 'IP '}${text}`;
    const [type, length] = frame.kind === 'arp' ? ['ARP (0x0806)', ARP_LENGTH] : ['IPv4 (0x0800)', frame.packet.length];
    return `${frame.srcMac} > ${frame.dstMac}, ethertype ${type}, length ${length + ETHERNET_HEADER}: ${text}`;
  }

  #ipText(packet: Packet): string {
    const { payload } = packet;
    const [from, to] = [formatIpv4(packet.src), formatIpv4(packet.dst)];
    switch (payload.kind) {
      case 'icmp':
        return `${from} > ${to}: ICMP ${icmpText(payload)}, length ${packet.length - IPV4_HEADER}`;
      case 'tcp':
        return `${from}.${payload.sport} > ${to}.${payload.dport}: ${this.#tcpText(packet, payload)}`;
      case 'udp':
        return `${from}.${payload.sport} > ${to}.${payload.dport}: UDP, length ${payload.data}`;
      default:
        return `${from} > ${to}: ip-proto-${packet.protocol} ${packet.length - IPV4_HEADER}`;
    }
  }

  #tcpText({ src, dst }: Packet, segment: TcpSegment): string {
    const { flags, window, data } = segment;
    const [seq, ack] = this.#relative(
      `${src} ${segment.sport} ${dst} ${segment.dport}`,
      `${dst} ${segment.dport} ${src} ${segment.sport}`,
      segment,
    );
    const letters = FLAGS.filter(([name]) => (flags & TCP_FLAGS[name]) !== 0).map(([, letter]) => letter);
    const words = [`Flags [${letters.length > 0 ? letters.join('') : 'none'}]`];
    if (data > 0) words.push(`seq ${seq}:${seq + data}`);
    else if (flags & (TCP_FLAGS.SYN | TCP_FLAGS.FIN | TCP_FLAGS.RST)) words.push(`seq ${seq}`);
    if (flags & TCP_FLAGS.ACK) words.push(`ack ${ack}`);
    words.push(`win ${window}`, `length ${data}`);
    return words.join(', ');
  }

  /** The first segment with an ACK is shown as it is; whatever follows counts from there. */
  #relative(key: string, reverse: string, { seq, ack, flags }: TcpSegment): readonly [number, number] {
    if (!(flags & TCP_FLAGS.ACK)) return [seq, ack];
    const known = this.#connections.get(key);
    if (!known || flags & TCP_FLAGS.SYN) {
      this.#connections.set(key, { seq, ack: ack - 1 });
      this.#connections.set(reverse, { seq: ack - 1, ack: seq });
      return [seq, ack];
    }
    return [(seq - known.seq) >>> 0, (ack - known.ack) >>> 0];
  }
}

function arpText({ arp }: Extract<Frame, { kind: 'arp' }>): string {
  const { operation, senderIp, senderMac, targetIp } = arp;
  return operation === 'request'
    ? `Request who-has ${formatIpv4(targetIp)} tell ${formatIpv4(senderIp)}, length ${ARP_LENGTH}`
    : `Reply ${formatIpv4(senderIp)} is-at ${senderMac}, length ${ARP_LENGTH}`;
}

function icmpText(message: IcmpMessage): string {
  const { type, code, id, seq, quoted } = message;
  if (type === ICMP_ECHO) return `echo request, id ${id}, seq ${seq}`;
  if (type === ICMP_ECHO_REPLY) return `echo reply, id ${id}, seq ${seq}`;
  if (type === ICMP_TIME_EXCEEDED) return code === 0 ? 'time exceeded in-transit' : 'ip reassembly time exceeded';
  const about = quoted === undefined ? '0.0.0.0' : formatIpv4(quoted.dst);
  if (type === ICMP_REDIRECT) {
    return `redirect ${about} to ${code === 0 ? 'net' : 'host'} ${formatIpv4(message.gateway ?? 0)}`;
  }
  if (type !== ICMP_DEST_UNREACH) return `type-#${type}`;
  if (code === ICMP_PROT_UNREACH) return `${about} protocol ${quoted?.protocol ?? 0} unreachable`;
  if (code === ICMP_PORT_UNREACH && quoted) return `${about} ${portText(quoted)} unreachable`;
  if (code === ICMP_FRAG_NEEDED) return `${about} unreachable - need to frag (mtu ${message.mtu ?? 0})`;
  return (UNREACHABLE[code] ?? `${about} unreachable - #${code}`).replace('%s', about);
}

/** What stands where a port would: of an ICMP message, its checksum. */
function portText({ payload, protocol, length }: Packet): string {
  if (payload.kind === 'tcp' || payload.kind === 'udp') return `${payload.kind} port ${payload.dport}`;
  const port = payload.kind === 'icmp' ? echoChecksum(payload, length - IPV4_HEADER) : 0;
  return `protocol ${protocol} port ${port}`;
}

/** RFC 1071, of an echo message with ping's data: the time, which is zero here, and then each octet's number. */
function echoChecksum({ type, code, id, seq }: IcmpMessage, octets: number): number {
  const TIME = 16;
  let sum = ((type << 8) | code) + id + seq;
  for (let at = 8; at < octets; at += 1) {
    const octet = at - 8 < TIME ? 0 : (at - 8) & 0xff;
    sum += at % 2 === 0 ? octet << 8 : octet;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
