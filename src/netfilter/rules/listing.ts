/** Tables as `iptables -L` prints them, with `-n`: addresses, ports and protocols as numbers. */
import { formatIpv4 } from '../../net/ipv4.js';
import type { Chain, Negatable, PrefixMask, Rule, Table } from '../rule.js';
import { formatAddressMask, formatProtocol } from './selector.js';

export interface ListingOptions {
  /** `-v`: counters and interfaces too. */
  readonly verbose?: boolean;
  /** `-x`: counters in full, not `12K`. */
  readonly exact?: boolean;
  /** `--line-numbers`. */
  readonly lineNumbers?: boolean;
  /** Without `-n`: protocols by name, `anywhere` for any address. */
  readonly names?: boolean;
}

/** What `iptables -L -n` prints; with a chain, what `iptables -L CHAIN -n` prints. */
export function listTable(table: Table, options: ListingOptions = {}, only?: Chain): string {
  const chains = only ? [only] : [...table.chains.values()];
  return chains.map((chain) => listChain(table, chain, options)).join('\n');
}

function listChain(table: Table, chain: Chain, options: ListingOptions): string {
  const lines = [chainHead(table, chain, options), columnHeads(options)];
  for (const [index, rule] of chain.rules.entries()) lines.push(ruleLine(rule, index + 1, options));
  return lines.map((line) => `${line}\n`).join('');
}

function chainHead(table: Table, chain: Chain, { verbose, exact }: ListingOptions): string {
  if (chain.policy === undefined) return `Chain ${chain.name} (${references(table, chain)} references)`;
  if (!verbose) return `Chain ${chain.name} (policy ${chain.policy})`;
  const packets = exact ? `${chain.packets}` : counter(chain.packets).trim();
  const bytes = exact ? `${chain.bytes}` : counter(chain.bytes).trim();
  return `Chain ${chain.name} (policy ${chain.policy} ${packets} packets, ${bytes} bytes)`;
}

function references(table: Table, { name }: Chain): number {
  let count = 0;
  for (const { rules } of table.chains.values()) {
    for (const { target } of rules) {
      if ((target.kind === 'jump' || target.kind === 'goto') && target.chain === name) count++;
    }
  }
  return count;
}

function columnHeads({ verbose, exact, lineNumbers }: ListingOptions): string {
  const number = lineNumbers ? 'num  ' : '';
  const counters = exact ? '    pkts      bytes ' : ' pkts bytes ';
  return verbose
    ? `${number}${counters}target     prot opt in     out     source               destination         `
    : `${number}target     prot opt source               destination         `;
}

function ruleLine(rule: Rule, number: number, { verbose, exact, lineNumbers, names }: ListingOptions): string {
  const { selector, matches, target } = rule;
  const any = names ? 'any' : '*';
  const { protocol, fragment } = selector;
  const cells = [
    ...(lineNumbers ? [`${number}`.padEnd(4)] : []),
    ...(verbose ? [counters(rule, exact)] : []),
    targetName(rule).padEnd(9),
  ];
  const prot = `${protocol?.negated ? '!' : ' '}${protocolText(protocol?.value ?? 0, names).padEnd(4)}`;
  const opt = fragment ? (fragment.negated ? '!f' : '-f') : '--';
  const devices = verbose ? ` ${device(selector.in, any)} ${device(selector.out, any)} ` : '';
  const details = matches.map((match) => (names && match.named) || match.listing);
  if (target.kind === 'extension') details.push((names && target.named) || target.listing);
  const goto = target.kind === 'goto' ? '[goto] ' : '';
  const end = details.map((text) => (text === '' ? '' : ` ${text}`)).join('');
  const line = `${cells.join(' ')} ${prot} ${opt} ${devices}`;
  return `${line}${address(selector.source, names)} ${address(selector.destination, names)} ${goto}${end}`;
}

function targetName({ target }: Rule): string {
  switch (target.kind) {
    case 'none':
      return '';
    case 'verdict':
      return target.verdict;
    case 'jump':
    case 'goto':
      return target.chain;
    case 'extension':
      return target.listedAs ?? target.name;
  }
}

function device(name: Negatable<string> | undefined, any: string): string {
  return (name ? `${name.negated ? '!' : ''}${name.value}` : any).padEnd(6);
}

/** `!10.0.0.0/8`; a single host without its length. */
function address(given: Negatable<PrefixMask> | undefined, names: boolean | undefined): string {
  if (given === undefined) return ` ${(names ? 'anywhere' : '0.0.0.0/0').padEnd(19)}`;
  const { value, negated } = given;
  const text =
    (names && addressName(value)) || (value.mask === HOST ? formatIpv4(value.address) : formatAddressMask(value));
  return `${negated ? '!' : ' '}${text.padEnd(19)}`;
}

const HOST = 0xffffffff;

/** What Debian's /etc/hosts and /etc/networks have names for; nobody is asked over the network. */
function addressName({ address: number, mask }: PrefixMask): string | undefined {
  if (mask === HOST) return number === 0x7f000001 ? 'localhost' : undefined;
  const network = number === 0x7f000000 ? 'loopback' : number === 0xa9fe0000 ? 'link-local' : undefined;
  return network && formatAddressMask({ address: number, mask }).replace(/^[0-9.]+/, network);
}

function protocolText(number: number, names: boolean | undefined): string {
  if (!names) return `${number}`;
  return number === 0 ? 'all' : formatProtocol(number);
}

function counters({ packets, bytes }: Rule, exact: boolean | undefined): string {
  return exact ? `${`${packets}`.padStart(8)} ${`${bytes}`.padStart(8)}` : `${counter(packets)} ${counter(bytes)}`;
}

/** xtables_print_num(): five digits, or rounded with a K, M, G or T. */
function counter(number: number): string {
  if (number <= 99_999) return `${number}`.padStart(5);
  let rest = Math.floor((number + 500) / 1000);
  for (const unit of ['K', 'M', 'G']) {
    if (rest <= 9_999) return `${rest}`.padStart(4) + unit;
    rest = Math.floor((rest + 500) / 1000);
  }
  return `${`${rest}`.padStart(4)}T`;
}
