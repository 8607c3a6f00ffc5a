/** The words of an `ip` command, read as iproute2 reads them (lib/utils.c), with its complaints. */
import { type InterfaceAddress, type Ipv4, parseInterfaceAddress, parseIpv4 } from '../../../net/ipv4.js';
import { CommandFailure, NotSimulated } from '../../failures.js';

export class Arguments {
  #at = 0;

  constructor(private readonly words: readonly string[]) {}

  get done(): boolean {
    return this.#at >= this.words.length;
  }

  get rest(): readonly string[] {
    return this.words.slice(this.#at);
  }

  /** The next word, or undefined at the end. */
  take(): string | undefined {
    const word = this.words[this.#at];
    if (word !== undefined) this.#at += 1;
    return word;
  }

  peek(): string | undefined {
    return this.words[this.#at];
  }

  /** NEXT_ARG(): the word that a keyword needs. */
  need(): string {
    const word = this.take();
    if (word === undefined) throw new CommandFailure('Command line is not complete. Try option "help"\n', 255);
    return word;
  }
}

/** matches(): is the word a beginning of the keyword? */
export function matches(word: string, keyword: string): boolean {
  return word !== '' && keyword.startsWith(word);
}

/** The first keyword that the word is a beginning of; the tools' order decides between several. */
export function firstMatch<T extends string>(word: string, keywords: readonly T[]): T | undefined {
  return keywords.find((keyword) => matches(word, keyword));
}

/** duparg2(). */
export function garbage(keyword: string, word: string): CommandFailure {
  return new CommandFailure(`Error: either "${keyword}" is duplicate, or "${word}" is a garbage.\n`, 255);
}

/** duparg(). */
export function duplicate(keyword: string, word: string): CommandFailure {
  return new CommandFailure(`Error: duplicate "${keyword}": "${word}" is the second value.\n`, 255);
}

/** invarg(). */
export function invalid(message: string, word: string): CommandFailure {
  return new CommandFailure(`Error: argument "${word}" is wrong: ${message}\n`, 255);
}

/** nodev(). */
export function noDevice(name: string): CommandFailure {
  return new CommandFailure(`Cannot find device "${name}"\n`, 1);
}

/** What the kernel answered. */
export function rtnetlink(text: string): CommandFailure {
  const answer = /^(RTNETLINK answers|Error): /.test(text) ? text : `RTNETLINK answers: ${text}`;
  return new CommandFailure(`${answer}\n`, 2);
}

/** A sentence of the tool itself. */
export function complaint(sentence: string, exitCode = 1): CommandFailure {
  return new CommandFailure(`${sentence}\n`, exitCode);
}

export function unknownCommand(object: string, word: string): CommandFailure {
  return new CommandFailure(`Command "${word}" is unknown, try "ip ${object} help".\n`, 255);
}

/** `default`, `any` and `all` stand for 0.0.0.0/0 where a prefix is wanted (get_prefix). */
export function readPrefix(word: string, wanted: 'any valid' | 'inet' = 'any valid'): InterfaceAddress {
  refuseIpv6(word);
  if (word === 'default' || word === 'any' || word === 'all') return { address: 0, length: 0 };
  const slash = word.indexOf('/');
  const address = shortAddress(slash < 0 ? word : word.slice(0, slash));
  const read =
    address === undefined ? undefined : parseInterfaceAddress(`${address}${slash < 0 ? '' : word.slice(slash)}`);
  if (!read) throw complaint(`Error: ${wanted} prefix is expected rather than "${word}".`);
  return read;
}

export function readAddress(word: string): Ipv4 {
  refuseIpv6(word);
  const text = shortAddress(word);
  const address = text === undefined ? undefined : parseIpv4(text);
  if (address === undefined) throw complaint(`Error: inet address is expected rather than "${word}".`);
  return address;
}

/** get_addr_ipv4(): missing octets are 0: `10.1` is 10.1.0.0. */
function shortAddress(word: string): string | undefined {
  if (!/^[0-9]+(\.[0-9]+){0,3}$/.test(word)) return undefined;
  return word + '.0'.repeat(4 - word.split('.').length);
}

function refuseIpv6(word: string): void {
  if (word.includes(':')) throw new NotSimulated(`\`${word}\`: only IPv4 is simulated`);
}

/** get_unsigned() with base 0. */
export function readUnsigned(word: string, complaintText: string): number {
  const valid = /^(0x[0-9a-f]{1,8}|0|[1-9][0-9]{0,9})$/i.test(word) && Number(word) <= 0xffffffff;
  if (!valid) throw invalid(complaintText, word);
  return Number(word);
}

/** ll_addr_a2n(): six octets with colons, each of one or two digits. */
export function readLladdr(word: string): string {
  const octets = word.split(':');
  const valid = octets.length > 1 && octets.every((octet) => /^[0-9a-f]{1,2}$/i.test(octet));
  if (!valid) throw complaint(`"${word}" is invalid lladdr.`);
  if (octets.length !== 6) throw complaint(`Invalid address length ${octets.length} - must be 6 bytes`);
  return octets.map((octet) => octet.padStart(2, '0').toLowerCase()).join(':');
}
