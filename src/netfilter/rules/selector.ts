/** The conditions that every rule can have without `-m` (ip_packet_match of ip_tables.c): test, print, explain, guard. */
import { formatIpv4, formatPrefix } from '../../net/ipv4.js';
import { protocolName } from '../../net/protocols.js';
import type { Evaluation, Negatable, PrefixMask, Selector } from '../rule.js';
import { interfaceMatches } from '../xt/interface-name.js';
import { maskLength } from '../xt/values.js';

export const NO_CONDITION: Selector = {
  source: undefined,
  destination: undefined,
  in: undefined,
  out: undefined,
  protocol: undefined,
  fragment: undefined,
};

export function isUnconditional(selector: Selector): boolean {
  return (
    selector.source === undefined &&
    selector.destination === undefined &&
    selector.in === undefined &&
    selector.out === undefined &&
    selector.protocol === undefined &&
    selector.fragment === undefined
  );
}

function addressHolds({ value, negated }: Negatable<PrefixMask>, address: number): boolean {
  return (((address ^ value.address) & value.mask) === 0) !== negated;
}

function interfaceHolds({ value, negated }: Negatable<string>, device: string): boolean {
  return interfaceMatches(value, device) !== negated;
}

export function selectorHolds(selector: Selector, { skb, pass }: Evaluation): boolean {
  const { source, destination, in: input, out: output, protocol, fragment } = selector;
  const { packet } = skb;
  if (source !== undefined && !addressHolds(source, packet.src)) return false;
  if (destination !== undefined && !addressHolds(destination, packet.dst)) return false;
  if (input !== undefined && !interfaceHolds(input, pass.in)) return false;
  if (output !== undefined && !interfaceHolds(output, pass.out)) return false;
  if (protocol !== undefined && (packet.protocol === protocol.value) === protocol.negated) return false;
  // Datagrams are always whole: `-f` never holds, `! -f` always does.
  return fragment === undefined || fragment.negated;
}

/** `10.0.0.0/8`, or `10.0.0.0/255.0.255.0` where the mask has holes. */
export function formatAddressMask({ address, mask }: PrefixMask): string {
  const length = maskLength(mask);
  return length === undefined ? `${formatIpv4(address)}/${formatIpv4(mask)}` : formatPrefix({ address, length });
}

export function formatProtocol(number: number): string {
  return protocolName(number) ?? `${number}`;
}

/** The words of iptables-save, in its order: -s -d -i -o -p -f. */
export function selectorWords(selector: Selector): string[] {
  const { source, destination, in: input, out: output, protocol, fragment } = selector;
  const words: string[] = [];
  if (source) words.push(`${not(source)}-s ${formatAddressMask(source.value)}`);
  if (destination) words.push(`${not(destination)}-d ${formatAddressMask(destination.value)}`);
  // A lone `+` is a mask of no bits, which iptables-save leaves out, negated or not.
  if (input && input.value !== '+') words.push(`${not(input)}-i ${input.value}`);
  if (output && output.value !== '+') words.push(`${not(output)}-o ${output.value}`);
  if (protocol) words.push(`${not(protocol)}-p ${formatProtocol(protocol.value)}`);
  if (fragment) words.push(`${not(fragment)}-f`);
  return words;
}

function not({ negated }: Negatable<unknown>): string {
  return negated ? '! ' : '';
}

/** Each condition that the packet fails: what was wanted, and what it has. */
export function explainSelector(selector: Selector, evaluation: Evaluation): string[] {
  const { source, destination, in: input, out: output, protocol, fragment } = selector;
  const { skb, pass } = evaluation;
  const { packet } = skb;
  const failed: string[] = [];
  if (source && !addressHolds(source, packet.src)) {
    failed.push(
      `${not(source)}-s ${formatAddressMask(source.value)} wanted, the packet comes from ${formatIpv4(packet.src)}`,
    );
  }
  if (destination && !addressHolds(destination, packet.dst)) {
    const wanted = `${not(destination)}-d ${formatAddressMask(destination.value)}`;
    failed.push(`${wanted} wanted, the packet goes to ${formatIpv4(packet.dst)}`);
  }
  if (input && !interfaceHolds(input, pass.in)) {
    const has = pass.in === '' ? 'the packet was made here' : `the packet came in by ${pass.in}`;
    failed.push(`${not(input)}-i ${input.value} wanted, ${has}`);
  }
  if (output && !interfaceHolds(output, pass.out)) {
    const has = pass.out === '' ? 'no outgoing interface is known here' : `the packet leaves by ${pass.out}`;
    failed.push(`${not(output)}-o ${output.value} wanted, ${has}`);
  }
  if (protocol && (packet.protocol === protocol.value) === protocol.negated) {
    const wanted = `${not(protocol)}-p ${formatProtocol(protocol.value)}`;
    failed.push(`${wanted} wanted, the packet is ${formatProtocol(packet.protocol)}`);
  }
  if (fragment && !fragment.negated) failed.push('-f wanted, the packet is no fragment');
  return failed;
}
