/** Asks the kernel itself how it would route a datagram: RTM_GETROUTE with RTM_F_FIB_MATCH (`ip route get fibmatch`). */
import type { Ipv4, Prefix } from '../../net/ipv4.js';
import { attribute, errnoOf, hostU32, message, netU32, readAttributes, readHostU32, readMessages } from './netlink.js';

export interface RouteQuestion {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly tos: number;
  readonly mark: number;
  /** Index of the incoming device; undefined for a datagram made here. */
  readonly iif: number | undefined;
}

export type RouteAnswer =
  | {
      readonly kind: 'unicast' | 'local' | 'broadcast';
      /** `local`, `main`, `default` or a number. */
      readonly table: string;
      readonly destination: Prefix;
      readonly device: string;
      readonly via: Ipv4 | undefined;
    }
  | { readonly kind: 'error'; readonly errno: number };

const AF_INET = 2;
const RTM_NEWROUTE = 24;
const RTM_GETROUTE = 26;
const RTM_F_FIB_MATCH = 0x2000;
const RTA = { DST: 1, SRC: 2, IIF: 3, OIF: 4, GATEWAY: 5, TABLE: 15, MARK: 16 };
const TABLES: Readonly<Record<number, string>> = { 253: 'default', 254: 'main', 255: 'local' };
const TYPES = [undefined, 'unicast', 'local', 'broadcast'] as const;

export function askRoute({ src, dst, tos, mark, iif }: RouteQuestion): Buffer {
  const header = Buffer.from([AF_INET, 32, 32, tos, 0, 0, 0, 0]);
  return message(
    RTM_GETROUTE,
    0,
    header,
    hostU32(RTM_F_FIB_MATCH),
    attribute(RTA.DST, netU32(dst)),
    attribute(RTA.SRC, netU32(src)),
    ...(iif === undefined ? [] : [attribute(RTA.IIF, hostU32(iif))]),
    ...(mark === 0 ? [] : [attribute(RTA.MARK, hostU32(mark))]),
  );
}

export function readRoute(bytes: Buffer, device: (ifindex: number) => string): RouteAnswer {
  const said = readMessages(bytes)[0]!;
  if (said.type !== RTM_NEWROUTE) return { kind: 'error', errno: errnoOf(said) };
  const length = said.body[1]!;
  const attributes = readAttributes(said.body, 12);
  const address = (type: number) => attributes.get(type)?.readUInt32BE(0);
  const number = (type: number) => {
    const value = attributes.get(type);
    return value && readHostU32(value);
  };
  const kind = TYPES[said.body[7]!] ?? 'unicast';
  const table = number(RTA.TABLE) ?? said.body[4]!;
  return {
    kind,
    // Without rules the kernel keeps the tables local and main in one trie, and calls both main (fib_trie_unmerge).
    table: kind === 'unicast' ? (TABLES[table] ?? String(table)) : 'local',
    destination: { address: address(RTA.DST) ?? 0, length },
    // The route names the device that has the address; what is local leaves by lo.
    device: kind === 'local' ? 'lo' : device(number(RTA.OIF) ?? 0),
    via: address(RTA.GATEWAY),
  };
}
