/** Frames and datagrams as octets, as a packet socket and nfnetlink_log hand them over (RFC 791, 792, 768, 826, 9293). */
import { ICMP_DEST_UNREACH, ICMP_REDIRECT, isIcmpError } from '../../net/icmp.js';
import type { Mac } from '../../net/mac.js';
import { type ArpMessage, ICMP, IPIP, IPV4_HEADER, type Packet, type Payload, TCP, UDP } from '../../net/packet.js';

const ETHERNET_HEADER = 14;
const ETHERTYPE_ARP = 0x0806;
const UDP_HEADER = 8;

export interface LinkHeader {
  readonly dstMac: Mac;
  readonly srcMac: Mac;
}

/** A frame with an IPv4 datagram or an ARP message; undefined where it is cut off before that makes sense. */
export function readFrame(
  bytes: Buffer,
): (LinkHeader & ({ readonly packet: Packet } | { readonly arp: ArpMessage })) | undefined {
  if (bytes.length < ETHERNET_HEADER) return undefined;
  const link = { dstMac: mac(bytes, 0), srcMac: mac(bytes, 6) };
  const inside = bytes.subarray(ETHERNET_HEADER);
  if (bytes.readUInt16BE(12) === ETHERTYPE_ARP)
    return inside.length < 28 ? undefined : { ...link, arp: readArp(inside) };
  const packet = readPacket(inside);
  return packet && { ...link, packet };
}

/** A datagram, perhaps cut off behind the headers, as in an ICMP error. */
export function readPacket(bytes: Buffer): Packet | undefined {
  const header = (bytes[0]! & 15) * 4;
  if (bytes.length < IPV4_HEADER || bytes.length < header || bytes[0]! >> 4 !== 4) return undefined;
  const length = bytes.readUInt16BE(2);
  const protocol = bytes[9]!;
  return {
    src: bytes.readUInt32BE(12),
    dst: bytes.readUInt32BE(16),
    protocol,
    ttl: bytes[8]!,
    tos: bytes[1]!,
    id: bytes.readUInt16BE(4),
    df: (bytes[6]! & 0x40) !== 0,
    length,
    payload: readPayload(protocol, bytes.subarray(header), length - header),
  };
}

function readPayload(protocol: number, bytes: Buffer, length: number): Payload {
  if (bytes.length >= 8) {
    if (protocol === ICMP) return readIcmp(bytes);
    if (protocol === TCP) return readTcp(bytes, length);
    if (protocol === UDP)
      return { kind: 'udp', sport: bytes.readUInt16BE(0), dport: bytes.readUInt16BE(2), data: length - UDP_HEADER };
    const inner = protocol === IPIP ? readPacket(bytes) : undefined;
    if (inner) return { kind: 'ipip', inner };
  }
  return { kind: 'opaque' };
}

function readIcmp(bytes: Buffer): Payload {
  const [type, code] = [bytes[0]!, bytes[1]!];
  if (!isIcmpError(type)) return { kind: 'icmp', type, code, id: bytes.readUInt16BE(4), seq: bytes.readUInt16BE(6) };
  const quoted = readPacket(bytes.subarray(8));
  const mtu = bytes.readUInt16BE(6);
  return {
    kind: 'icmp',
    type,
    code,
    id: 0,
    seq: 0,
    ...(type === ICMP_DEST_UNREACH && mtu !== 0 ? { mtu } : {}),
    ...(type === ICMP_REDIRECT ? { gateway: bytes.readUInt32BE(4) } : {}),
    ...(quoted ? { quoted } : {}),
  };
}

/** The first eight octets are there always; a quoted segment ends behind them. */
function readTcp(bytes: Buffer, length: number): Payload {
  const whole = bytes.length >= 20;
  return {
    kind: 'tcp',
    sport: bytes.readUInt16BE(0),
    dport: bytes.readUInt16BE(2),
    seq: bytes.readUInt32BE(4),
    ack: whole ? bytes.readUInt32BE(8) : 0,
    flags: whole ? bytes[13]! & 63 : 0,
    window: whole ? bytes.readUInt16BE(14) : 0,
    data: whole ? length - (bytes[12]! >> 4) * 4 : 0,
  };
}

function readArp(bytes: Buffer): ArpMessage {
  return {
    operation: bytes.readUInt16BE(6) === 1 ? 'request' : 'reply',
    senderMac: mac(bytes, 8),
    senderIp: bytes.readUInt32BE(14),
    targetMac: mac(bytes, 18),
    targetIp: bytes.readUInt32BE(24),
  };
}

function mac(bytes: Buffer, offset: number): Mac {
  return Array.from(bytes.subarray(offset, offset + 6), (octet) => octet.toString(16).padStart(2, '0')).join(':');
}
