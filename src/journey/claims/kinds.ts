/**
 * The kinds of parameters that a claim can have: the shape in a sentence (generous), and the reader that makes a value of it or
 * says what was meant (strict).
 */
import { didYouMean } from '../../net/did-you-mean.js';
import { type Ipv4, parseIpv4 } from '../../net/ipv4.js';
import type { ChainName } from '../questions/chains.js';
import { existingChain, type Places, withInterfaces } from './chain-names.js';
import { ClaimMistake } from './mistake.js';

/** Someone with addresses: an endpoint by name, or a literal address. */
export interface Party {
  readonly text: string;
  /** Undefined for an address that nobody here owns. */
  readonly namespace: string | undefined;
  readonly addresses: readonly Ipv4[];
}

export interface PortAt extends Party {
  readonly port: number | undefined;
}

export interface MarkValue {
  readonly value: number;
  readonly mask: number;
}

/** What each parameter is read as. */
export interface Kinds {
  node: string;
  endpoint: Party;
  address: Party;
  gateway: Party;
  target: PortAt;
  chain: ChainName;
  chains: readonly ChainName[];
  hook: ChainName;
  number: number;
  device: string;
  mark: MarkValue;
  rejection: string;
  reason: string;
  quoted: string;
}

export type KindName = keyof Kinds;

export const KIND_SHAPES: Readonly<Record<KindName, string>> = {
  node: '\\S+',
  endpoint: '\\S+',
  address: '\\S+',
  gateway: '\\S+',
  target: '\\S+',
  // A table may stand in front; a word that is not Latin is the sentence's own: `FORWARD 的第 1 条规则`.
  chain: '(?:[a-zA-Z]+ (?=[a-zA-Z_<]))?\\S+?',
  chains: '.+?',
  hook: '(?:[a-zA-Z]+ )?\\S+',
  number: '\\S+?',
  device: '\\S+',
  mark: '\\S+',
  rejection: '\\S+',
  reason: '[\\w-]+',
  quoted: '"[^"]*"|\\S.*',
};

/** What a reader may look at beside the text. */
export type Reading = Places;

type Reader<K extends KindName> = (text: string, reading: Reading) => Promise<Kinds[K]>;

export const READERS: { readonly [K in KindName]: Reader<K> } = {
  node: async (text, { scene }) => {
    const namespace = await scene.namespaceOf(text);
    if (namespace !== undefined) return namespace;
    throw new ClaimMistake(`no node \`${text}\`${didYouMean(text, await scene.namespaces())}`);
  },
  endpoint: party,
  address: party,
  gateway: party,
  target: async (text, reading) => {
    const [, host, port] = /^(.+?)(?::(.*))?$/.exec(text) ?? [];
    if (port !== undefined && !isPort(port)) throw new ClaimMistake(`\`${port}\` is not a port, in \`${text}\``);
    return { ...(await party(host ?? text, reading)), port: port === undefined ? undefined : Number(port) };
  },
  chain: existingChain,
  chains: async (text, reading) => Promise.all(text.split(/\s*[,，、]\s*/u).map((one) => existingChain(one, reading))),
  hook: existingChain,
  number: async (text) => {
    if (/^[1-9][0-9]*$/.test(text)) return Number(text);
    throw new ClaimMistake(`\`${text}\` is not a rule number; rules are counted from 1`);
  },
  device: async (text, { scene, node }) => {
    const device = withInterfaces(text, scene);
    const devices = node === undefined ? undefined : await scene.devices(node);
    if (devices === undefined || devices.includes(device)) return device;
    throw new ClaimMistake(`${node} has no device \`${device}\`${didYouMean(device, devices)}`);
  },
  mark: async (text) => {
    const [, value, mask] = /^(0x[0-9a-f]{1,8}|[0-9]{1,10})(?:\/(0x[0-9a-f]{1,8}))?$/i.exec(text) ?? [];
    if (value === undefined || Number(value) > 0xffffffff)
      throw new ClaimMistake(`\`${text}\` is not a mark; write it like 0x4000 or 0x4000/0xf000`);
    return { value: Number(value), mask: mask === undefined ? 0xffffffff : Number(mask) };
  },
  rejection: async (text) => oneOf(text, REJECTIONS, 'an answer of REJECT'),
  reason: async (text) => oneOf(text.replace(/_/g, '-'), REASONS, 'a reason'),
  quoted: async (text) => text.replace(/^"(.*)"$/, '$1'),
};

/** What `REJECT --reject-with` takes (xt_REJECT). */
export const REJECTIONS: readonly string[] = [
  'icmp-net-unreachable',
  'icmp-host-unreachable',
  'icmp-proto-unreachable',
  'icmp-port-unreachable',
  'icmp-net-prohibited',
  'icmp-host-prohibited',
  'icmp-admin-prohibited',
  'tcp-reset',
];

/** Reasons other than rules for which the stack drops a packet (stack/events.ts). */
export const REASONS: readonly string[] = [
  'no-route',
  'blackhole',
  'unreachable',
  'prohibit',
  'martian-source',
  'martian-destination',
  'rp-filter',
  'forwarding-disabled',
  'ttl-exceeded',
  'frag-needed',
  'neighbour-failed',
  'no-socket',
  'device-down',
  'no-carrier',
  'bridge',
  'nat-reroute-failed',
];

function oneOf(text: string, known: readonly string[], what: string): string {
  if (known.includes(text)) return text;
  throw new ClaimMistake(`\`${text}\` is not ${what}${didYouMean(text, known) || `; known: ${known.join(', ')}`}`);
}

async function party(text: string, { scene }: Reading): Promise<Party> {
  const literal = parseIpv4(text);
  if (literal !== undefined) {
    const owner = scene.ownerOf(literal);
    return { text, namespace: owner === undefined ? undefined : await scene.namespaceOf(owner), addresses: [literal] };
  }
  const namespace = await scene.namespaceOf(text);
  if (namespace === undefined) {
    const names = [...scene.endpoints, ...(await scene.namespaces())];
    throw new ClaimMistake(`\`${text}\` is neither an endpoint nor an address${didYouMean(text, names)}`);
  }
  return { text, namespace, addresses: await scene.addressesOf(text) };
}

function isPort(text: string): boolean {
  return /^[0-9]{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= 65535;
}
