/** Reads the arguments of -s, -d, -i, -o, -p and -f, the conditions that a rule can have without `-m`. */
import { nearest } from '../../net/did-you-mean.js';
import { parseProtocol } from '../../net/protocols.js';
import type { Negatable, PrefixMask, Selector } from '../rule.js';
import { refusal, type Word } from '../text/word.js';
import { LONGEST_INTERFACE_NAME } from '../xt/interface-name.js';
import { readAddressMask } from '../xt/values.js';

/** Protocols with a match of their own, which `-p tcp --dport 80` loads. */
const PROTOCOL_MATCHES: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [33, 'dccp'],
  [50, 'esp'],
  [51, 'ah'],
  [108, 'ipcomp'],
  [132, 'sctp'],
  [136, 'udplite'],
]);

export class SelectorReader {
  #source: Negatable<Word> | undefined;
  #destination: Negatable<Word> | undefined;
  #in: Negatable<string> | undefined;
  #out: Negatable<string> | undefined;
  #protocol: Negatable<number> | undefined;
  #fragment: Negatable<true> | undefined;

  get protocol(): Negatable<number> | undefined {
    return this.#protocol;
  }

  /** Name of the match that belongs to the protocol; '' where there is none. */
  get protocolMatch(): string {
    return (this.#protocol && PROTOCOL_MATCHES.get(this.#protocol.value)) ?? '';
  }

  source(word: Word, negated: boolean): void {
    this.#source = { value: word, negated };
  }

  destination(word: Word, negated: boolean): void {
    this.#destination = { value: word, negated };
  }

  in(word: Word, negated: boolean): void {
    this.#in = { value: readInterface(word), negated };
  }

  out(word: Word, negated: boolean): void {
    this.#out = { value: readInterface(word), negated };
  }

  fragment(negated: boolean): void {
    this.#fragment = { value: true, negated };
  }

  readProtocol(word: Word, negated: boolean): void {
    const number = parseProtocol(word.text);
    if (number === undefined) {
      const suggestion = nearest(word.text.toLowerCase(), ['tcp', 'udp', 'icmp', 'sctp', 'ipencap', 'all']);
      throw refusal(word, 'bad-argument', `unknown protocol "${word.text.toLowerCase()}" specified`, { suggestion });
    }
    if (number === 0 && negated) throw refusal(word, 'bad-argument', 'rule would never match protocol');
    if (number !== 0) this.#protocol = { value: number, negated };
  }

  /** One selector for each pair of a source and a destination. */
  selectors(): Selector[] {
    const destinations = readAddresses(this.#destination);
    return readAddresses(this.#source).flatMap((source) =>
      destinations.map((destination) => ({
        source: asked(source),
        destination: asked(destination),
        in: this.#in,
        out: this.#out,
        protocol: this.#protocol,
        fragment: this.#fragment,
      })),
    );
  }
}

/** 0.0.0.0/0 asks for nothing, unless negated. */
function asked(address: Negatable<PrefixMask> | undefined): Negatable<PrefixMask> | undefined {
  return address && (address.negated || address.value.mask !== 0) ? address : undefined;
}

/** What `-s` or `-d` names: one address or several. They are read last, as the tool does. */
function readAddresses(given: Negatable<Word> | undefined): (Negatable<PrefixMask> | undefined)[] {
  if (given === undefined) return [undefined];
  const { value: word, negated } = given;
  const items = word.text.split(',');
  if (negated && items.length > 1) {
    throw refusal(word, 'not-negatable', '! not allowed with multiple source or destination IP addresses');
  }
  return items.map((item) => ({ value: readAddressMask(word, item), negated }));
}

function readInterface(word: Word): string {
  if (word.text.length > LONGEST_INTERFACE_NAME) {
    const says = `interface name \`${word.text}' must be shorter than IFNAMSIZ (${LONGEST_INTERFACE_NAME})`;
    throw refusal(word, 'bad-argument', says);
  }
  return word.text;
}
