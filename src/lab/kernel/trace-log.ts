/**
 * The kernel's TRACE lines, as each namespace's own nfnetlink_log says them (net/netfilter/nfnetlink_log.c).
 *
 * The classic TRACE target needs a rule at the head of the raw table, which shifts its numbers, brings a table that the
 * namespace did not have, and shows in iptables-save. What sets the packet's trace flag here instead is two nftables
 * chains in front of everything: ipt_do_table() looks at the flag alone, and does not care who set it.
 */

import type { Packet } from '../../net/packet.js';
import type { Hook, HookPass, TableName } from '../../netfilter/hooks.js';
import {
  type Attributes,
  attribute,
  message,
  NLM_F_ACK,
  NLM_F_CREATE,
  nested,
  netfilterHeader,
  netU32,
  readAttributes,
  readMessages,
  text,
} from './netlink.js';
import { readPacket } from './wire.js';

const AF_INET = 2;
const NFNL_SUBSYS_ULOG = 4;
const NFNL_SUBSYS_NFTABLES = 10;
/** Where trace_packet() says its lines. */
const GROUP = 0;
/** An ICMP error may quote up to 548 octets (RFC 1812, 4.3.2.3). */
const SNAPLEN = 600;

/** One TRACE line. */
export interface TraceLine {
  readonly pass: HookPass;
  readonly table: TableName;
  readonly chain: string;
  readonly kind: 'rule' | 'return' | 'policy';
  readonly number: number;
  readonly packet: Packet;
  readonly mark: number;
}

function configure(family: number, resource: number, ...attributes: Buffer[]): Buffer {
  const NFULNL_MSG_CONFIG = 1;
  const type = (NFNL_SUBSYS_ULOG << 8) | NFULNL_MSG_CONFIG;
  return message(type, NLM_F_ACK, netfilterHeader(family, resource), ...attributes);
}

const [CFG_CMD, CFG_MODE, CFG_QTHRESH] = [1, 2, 5];
const [CMD_BIND, CMD_PF_BIND, CMD_PF_UNBIND] = [1, 3, 4];
const COPY_PACKET = 2;

/** Makes nfnetlink_log the logger of the namespace, and whoever says this the listener of its TRACE lines, at once each. */
export const LISTEN: readonly Buffer[] = [
  configure(AF_INET, 0, attribute(CFG_CMD, Buffer.from([CMD_PF_UNBIND]))),
  configure(AF_INET, 0, attribute(CFG_CMD, Buffer.from([CMD_PF_BIND]))),
  configure(AF_INET, GROUP, attribute(CFG_CMD, Buffer.from([CMD_BIND]))),
  configure(
    AF_INET,
    GROUP,
    attribute(CFG_MODE, Buffer.concat([netU32(SNAPLEN), Buffer.from([COPY_PACKET, 0])])),
    attribute(CFG_QTHRESH, netU32(1)),
  ),
];

/**
 * What `nft` would send for
 *
 *     table ip netherkin {
 *       chain prerouting { type filter hook prerouting priority -401; meta nftrace set 1; }
 *       chain output     { type filter hook output     priority -401; meta nftrace set 1; }
 *     }
 *
 * as one transaction. Before raw (-300), and before the reassembly of fragments (-400), which throws nothing away.
 */
export const TRACE_EVERYTHING: Buffer = (() => {
  const TABLE = 'netherkin';
  const [BATCH_BEGIN, BATCH_END] = [0x10, 0x11];
  const [NEWTABLE, NEWCHAIN, NEWRULE] = [0, 3, 6];
  const [META_NFTRACE, REGISTER_1] = [12, 1];
  const PRIORITY = -401;
  const nft = (operation: number, ...attributes: Buffer[]) =>
    message((NFNL_SUBSYS_NFTABLES << 8) | operation, NLM_F_CREATE, netfilterHeader(AF_INET, 0), ...attributes);
  const expression = (name: string, ...data: Buffer[]) =>
    nested(
      1 /* NFTA_LIST_ELEM */,
      attribute(1 /* NFTA_EXPR_NAME */, text(name)),
      nested(2 /* NFTA_EXPR_DATA */, ...data),
    );
  const chain = (name: string, hook: number) => [
    nft(
      NEWCHAIN,
      attribute(1 /* NFTA_CHAIN_TABLE */, text(TABLE)),
      attribute(3 /* NFTA_CHAIN_NAME */, text(name)),
      nested(4 /* NFTA_CHAIN_HOOK */, attribute(1, netU32(hook)), attribute(2, netU32(PRIORITY))),
      attribute(7 /* NFTA_CHAIN_TYPE */, text('filter')),
    ),
    nft(
      NEWRULE,
      attribute(1 /* NFTA_RULE_TABLE */, text(TABLE)),
      attribute(2 /* NFTA_RULE_CHAIN */, text(name)),
      nested(
        4 /* NFTA_RULE_EXPRESSIONS */,
        expression(
          'immediate',
          attribute(1 /* NFTA_IMMEDIATE_DREG */, netU32(REGISTER_1)),
          nested(2 /* NFTA_IMMEDIATE_DATA */, attribute(1 /* NFTA_DATA_VALUE */, Buffer.from([1]))),
        ),
        expression(
          'meta',
          attribute(2 /* NFTA_META_KEY */, netU32(META_NFTRACE)),
          attribute(3 /* NFTA_META_SREG */, netU32(REGISTER_1)),
        ),
      ),
    ),
  ];
  return Buffer.concat([
    message(BATCH_BEGIN, 0, netfilterHeader(0, NFNL_SUBSYS_NFTABLES)),
    nft(NEWTABLE, attribute(1 /* NFTA_TABLE_NAME */, text(TABLE))),
    ...chain('prerouting', 0),
    ...chain('output', 3),
    message(BATCH_END, NLM_F_ACK, netfilterHeader(0, NFNL_SUBSYS_NFTABLES)),
  ]);
})();

const HOOKS: readonly Hook[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];
const ULA = { HDR: 1, MARK: 2, INDEV: 4, OUTDEV: 5, PHYSIN: 6, PHYSOUT: 7, PAYLOAD: 9, PREFIX: 10 };

/** The TRACE lines among what an nfnetlink_log socket received. `device` names an interface index of its namespace. */
export function readTraceLines(bytes: Buffer, device: (ifindex: number) => string): TraceLine[] {
  const NFULNL_MSG_PACKET = NFNL_SUBSYS_ULOG << 8;
  return readMessages(bytes).flatMap(({ type, body }) => {
    const line = type === NFULNL_MSG_PACKET ? readTraceLine(readAttributes(body, 4), device) : undefined;
    return line ? [line] : [];
  });
}

function readTraceLine(attributes: Attributes, device: (ifindex: number) => string): TraceLine | undefined {
  const prefix = attributes.get(ULA.PREFIX)?.toString('latin1').replace(/\0$/, '') ?? '';
  const place = /^TRACE: (raw|mangle|nat|filter|security):(.+):(rule|return|policy):(\d+) $/.exec(prefix);
  const packet = readPacket(attributes.get(ULA.PAYLOAD) ?? Buffer.alloc(0));
  if (!place || !packet) return undefined;
  const number = (type: number) => attributes.get(type)?.readUInt32BE(0);
  const named = (type: number) => {
    const ifindex = number(type);
    return ifindex === undefined ? '' : device(ifindex);
  };
  const physIn = named(ULA.PHYSIN);
  const physOut = named(ULA.PHYSOUT);
  const hook = HOOKS[attributes.get(ULA.HDR)![2]!]!;
  return {
    pass: {
      hook,
      in: named(ULA.INDEV),
      out: named(ULA.OUTDEV),
      physIn,
      physOut,
      bridged: physOut !== '' || (physIn !== '' && hook === 'PREROUTING'),
    },
    table: place[1] as TableName,
    chain: place[2]!,
    kind: place[3] as TraceLine['kind'],
    number: Number(place[4]),
    packet,
    mark: number(ULA.MARK) ?? 0,
  };
}
