/** `-j REJECT`: drops the packet and tells its sender (ipt_REJECT.c). */
import { nearest } from '../../../net/did-you-mean.js';
import * as icmp from '../../../net/icmp.js';
import { TCP } from '../../../net/packet.js';
import { refusal, type Word } from '../../text/word.js';
import type { TargetExtension } from '../extension.js';

interface RejectType {
  readonly name: string;
  readonly alias: string;
  /** Code of the ICMP destination unreachable; undefined for a RST. */
  readonly code: number | undefined;
}

/** In the order in which the tool looks through them: it takes any beginning of a name. */
const TYPES: readonly RejectType[] = [
  { name: 'icmp-net-unreachable', alias: 'net-unreach', code: icmp.ICMP_NET_UNREACH },
  { name: 'icmp-host-unreachable', alias: 'host-unreach', code: icmp.ICMP_HOST_UNREACH },
  { name: 'icmp-proto-unreachable', alias: 'proto-unreach', code: icmp.ICMP_PROT_UNREACH },
  { name: 'icmp-port-unreachable', alias: 'port-unreach', code: icmp.ICMP_PORT_UNREACH },
  { name: 'icmp-net-prohibited', alias: 'net-prohib', code: icmp.ICMP_NET_ANO },
  { name: 'icmp-host-prohibited', alias: 'host-prohib', code: icmp.ICMP_HOST_ANO },
  { name: 'tcp-reset', alias: 'tcp-rst', code: undefined },
  { name: 'icmp-admin-prohibited', alias: 'admin-prohib', code: icmp.ICMP_PKT_FILTERED },
];
const DEFAULT = TYPES[3]!;

export const REJECT: TargetExtension = {
  name: 'REJECT',
  options: [{ name: 'reject-with', takes: 1 }],
  build(options) {
    const word = options.word('reject-with');
    const { name, code } = word ? read(word) : DEFAULT;
    return {
      kind: 'extension',
      name: 'REJECT',
      text: `--reject-with ${name}`,
      listing: `reject-with ${name}`,
      placement: {
        tables: ['filter'],
        hooks: ['INPUT', 'FORWARD', 'OUTPUT'],
        ...(code === undefined && { protocols: [TCP] }),
      },
      act({ host, skb, pass }) {
        if (code === undefined) host.sendTcpReset(skb, pass);
        else host.sendIcmpError(skb, pass, icmp.ICMP_DEST_UNREACH, code);
        return { verdict: 'REJECT', rejectWith: name };
      },
    };
  },
};

function read(word: Word): RejectType {
  const written = word.text.toLowerCase();
  const found = TYPES.find(({ name, alias }) => name.startsWith(written) || alias.startsWith(written));
  if (found) return found;
  const suggestion = nearest(
    written,
    TYPES.flatMap(({ name, alias }) => [name, alias]),
  );
  throw refusal(word, 'bad-argument', `unknown reject type "${word.text}"`, { suggestion });
}
