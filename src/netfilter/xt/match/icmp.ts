/** `-m icmp`: type and code of an ICMP message (ip_tables.c, libipt_icmp.c). */
import { ICMP } from '../../../net/packet.js';
import type { MatchExtension } from '../extension.js';
import { ANY_TYPE, type IcmpTypeCode, icmpTypeName, readIcmpType } from '../icmp-types.js';
import { within } from '../values.js';

export const icmp: MatchExtension = {
  name: 'icmp',
  options: [{ name: 'icmp-type', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const given = options.get('icmp-type')!;
    const wanted = readIcmpType(given.values[0]!);
    const not = given.negated ? '! ' : '';
    const text = save(wanted);
    return {
      extension: 'icmp',
      text: `-m icmp ${not}--icmp-type ${text}`,
      listing: list(wanted, given.negated),
      named: listByName(wanted, given.negated),
      placement: { protocols: [ICMP] },
      test({ skb: { packet } }) {
        const { payload } = packet;
        if (payload.kind !== 'icmp') return false;
        const is = wanted.type === ANY_TYPE || (payload.type === wanted.type && within(wanted.codes, payload.code));
        return is !== given.negated;
      },
      explain({ skb: { packet } }) {
        const { payload } = packet;
        if (payload.kind !== 'icmp') return 'icmp wanted, the packet is not ICMP';
        return `${not}--icmp-type ${text} wanted, the packet is type ${payload.type} code ${payload.code}`;
      },
    };
  },
};

function save({ type, codes }: IcmpTypeCode): string {
  if (type === ANY_TYPE) return 'any';
  return codes.min === 0 && codes.max === 255 ? `${type}` : `${type}/${codes.min}`;
}

function list({ type, codes }: IcmpTypeCode, negated: boolean): string {
  const code = codes.min === codes.max ? ` code ${codes.min}` : '';
  return negated ? `icmp !type ${type}${code}` : `icmptype ${type}${code}`;
}

function listByName(wanted: IcmpTypeCode, negated: boolean): string {
  const name = icmpTypeName(wanted);
  return name === undefined ? list(wanted, negated) : `icmp ${negated ? '!' : ''}${name}`;
}
