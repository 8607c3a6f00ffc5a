/**
 * Netlink messages (RFC 3549, linux/netlink.h): a header, a family's own header, and attributes. Numbers are in the byte
 * order of the host where netlink says so, and in network byte order inside most attributes of netfilter.
 */
import { endianness } from 'node:os';

const LITTLE = endianness() === 'LE';
const HEADER = 16;
const NESTED = 0x8000;
const TYPE = 0x3fff;

export const NETLINK_ROUTE = 0;
export const NETLINK_NETFILTER = 12;
export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;
export const NLM_F_REQUEST = 0x001;
export const NLM_F_ACK = 0x004;
export const NLM_F_DUMP = 0x300;
export const NLM_F_CREATE = 0x400;

export interface NetlinkMessage {
  readonly type: number;
  readonly body: Buffer;
}

export type Attributes = ReadonlyMap<number, Buffer>;

/** A number of 32 bits in the byte order of the host. */
export function hostU32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  if (LITTLE) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
}

export function readHostU32(bytes: Buffer, offset = 0): number {
  return LITTLE ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
}

/** A number of 32 bits in network byte order. */
export function netU32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
}

function hostU16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  if (LITTLE) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
}

export function readHostU16(bytes: Buffer, offset: number): number {
  return LITTLE ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset);
}

export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

export function attribute(type: number, value: Buffer): Buffer {
  const padding = Buffer.alloc(-value.length & 3);
  return Buffer.concat([hostU16(value.length + 4), hostU16(type), value, padding]);
}

export function nested(type: number, ...inside: readonly Buffer[]): Buffer {
  return attribute(type | NESTED, Buffer.concat(inside));
}

export function message(type: number, flags: number, ...body: readonly Buffer[]): Buffer {
  const content = Buffer.concat(body);
  return Buffer.concat([
    hostU32(content.length + HEADER),
    hostU16(type),
    hostU16(flags | NLM_F_REQUEST),
    Buffer.alloc(8),
    content,
  ]);
}

export function readMessages(bytes: Buffer): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const length = readHostU32(bytes, at);
    messages.push({ type: readHostU16(bytes, at + 4), body: bytes.subarray(at + HEADER, at + length) });
    at += (length + 3) & ~3;
  }
  return messages;
}

/** The attributes that follow a family's own header of `skip` octets. */
export function readAttributes(bytes: Buffer, skip = 0): Attributes {
  const attributes = new Map<number, Buffer>();
  for (let at = skip; at + 4 <= bytes.length; ) {
    const length = readHostU16(bytes, at);
    attributes.set(readHostU16(bytes, at + 2) & TYPE, bytes.subarray(at + 4, at + length));
    at += (length + 3) & ~3;
  }
  return attributes;
}

/** The errno of an NLMSG_ERROR; 0 for an acknowledgement and for anything that is no error. */
export function errnoOf({ type, body }: NetlinkMessage): number {
  return type === NLMSG_ERROR ? -readHostU32(body) | 0 : 0;
}

/** struct nfgenmsg, the header of every netfilter family. */
export function netfilterHeader(family: number, resource: number): Buffer {
  return Buffer.from([family, 0, resource >> 8, resource & 255]);
}
