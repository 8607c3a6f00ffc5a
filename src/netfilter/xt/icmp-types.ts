/** The names of ICMP types and codes that iptables knows (libxt_icmp.h, with the aliases of `iptables -p icmp -h`). */
import { nearest } from '../../net/did-you-mean.js';
import { refusal, type Word } from '../text/word.js';
import { parseUnsigned, type Range } from './values.js';

/** Stands for every type. */
export const ANY_TYPE = 255;

export interface IcmpTypeCode {
  readonly type: number;
  readonly codes: Range;
}

/** Name, type and, where it names one, code. In the order in which the tool looks through them. */
const NAMES: readonly (readonly [string, number, number?])[] = [
  ['any', 255],
  ['echo-reply', 0],
  ['pong', 0],
  ['destination-unreachable', 3],
  ['network-unreachable', 3, 0],
  ['host-unreachable', 3, 1],
  ['protocol-unreachable', 3, 2],
  ['port-unreachable', 3, 3],
  ['fragmentation-needed', 3, 4],
  ['source-route-failed', 3, 5],
  ['network-unknown', 3, 6],
  ['host-unknown', 3, 7],
  ['network-prohibited', 3, 9],
  ['host-prohibited', 3, 10],
  ['TOS-network-unreachable', 3, 11],
  ['TOS-host-unreachable', 3, 12],
  ['communication-prohibited', 3, 13],
  ['host-precedence-violation', 3, 14],
  ['precedence-cutoff', 3, 15],
  ['source-quench', 4],
  ['redirect', 5],
  ['network-redirect', 5, 0],
  ['host-redirect', 5, 1],
  ['TOS-network-redirect', 5, 2],
  ['TOS-host-redirect', 5, 3],
  ['echo-request', 8],
  ['ping', 8],
  ['router-advertisement', 9],
  ['router-solicitation', 10],
  ['time-exceeded', 11],
  ['ttl-exceeded', 11],
  ['ttl-zero-during-transit', 11, 0],
  ['ttl-zero-during-reassembly', 11, 1],
  ['parameter-problem', 12],
  ['ip-header-bad', 12, 0],
  ['required-option-missing', 12, 1],
  ['timestamp-request', 13],
  ['timestamp-reply', 14],
  ['address-mask-request', 17],
  ['address-mask-reply', 18],
];

const ANY_CODE: Range = { min: 0, max: 255 };

/** Reads `8`, `3/4`, `echo-request` or an unambiguous beginning of a name. */
export function readIcmpType(word: Word): IcmpTypeCode {
  const { text } = word;
  const beginning = text.toLowerCase();
  const named = NAMES.filter(([name]) => name.toLowerCase().startsWith(beginning));
  const found = named[0];
  if (found !== undefined) {
    const other = named[1];
    if (other !== undefined && found[0].toLowerCase() !== beginning) {
      const says = `Ambiguous ICMP type \`${text}': \`${found[0]}' or \`${other[0]}'?`;
      throw refusal(word, 'bad-argument', says);
    }
    const [, type, code] = found;
    return { type, codes: code === undefined ? ANY_CODE : { min: code, max: code } };
  }
  const [typeText, codeText] = text.split('/');
  const type = parseUnsigned(typeText!, 255);
  if (type === undefined) {
    const suggestion = nearest(
      text,
      NAMES.map(([name]) => name),
    );
    throw refusal(word, 'bad-argument', `Unknown ICMP type \`${typeText}'`, { suggestion });
  }
  if (codeText === undefined) return { type, codes: ANY_CODE };
  const code = parseUnsigned(codeText, 255);
  if (code === undefined) throw refusal(word, 'bad-argument', `Unknown ICMP code \`${text}'`);
  return { type, codes: { min: code, max: code } };
}

/** The name of what `--icmp-type` asks for, as `iptables -L` prints it. */
export function icmpTypeName({ type, codes }: IcmpTypeCode): string | undefined {
  const every = codes.min === ANY_CODE.min && codes.max === ANY_CODE.max;
  return NAMES.find(([, t, code]) => t === type && (every ? code === undefined : code === codes.min))?.[0];
}

/** The name of a type and code, as ipset prints it: a type that has but one code goes by the type's name. */
export function icmpName(type: number, code: number): string | undefined {
  const named = NAMES.find(([, t, c]) => t === type && (c ?? (ONE_CODE.has(type) ? 0 : undefined)) === code);
  return named?.[0];
}

/** Reads a name of one type and code, as ipset takes it. */
export function readIcmpName(text: string): { readonly type: number; readonly code: number } | undefined {
  const named = NAMES.find(([name]) => name === text);
  if (!named) return undefined;
  const [, type, code] = named;
  if (code !== undefined) return { type, code };
  return ONE_CODE.has(type) ? { type, code: 0 } : undefined;
}

const ONE_CODE: ReadonlySet<number> = new Set([0, 4, 8, 9, 10, 13, 14, 17, 18]);
