/** A network device of a namespace (struct net_device with its struct in_device). */
import { broadcastOf, type InterfaceAddress, type Ipv4 } from '../net/ipv4.js';
import type { Mac } from '../net/mac.js';
import type { Frame } from '../net/packet.js';
import type { Conf, NeighConf } from './devconf.js';
import type { NeighbourEntry } from './neighbour-entry.js';

export type DeviceKind = 'loopback' | 'veth' | 'bridge' | 'dummy';

export type AddressScope = 'global' | 'link' | 'host';

const NEARNESS: Readonly<Record<AddressScope, number>> = { global: 0, link: 253, host: 254 };

export interface DeviceAddress extends InterfaceAddress {
  readonly scope: AddressScope;
  /** A further address of a subnet that the device already has one of (IFA_F_SECONDARY). Never chosen as a source. */
  readonly secondary: boolean;
  /** Where the subnet's datagrams for everybody go: the last address of the block. */
  readonly broadcast: Ipv4 | undefined;
  readonly label: AddressLabel;
}

/** What an address is called beside its prefix (IFA_LABEL, IFA_BROADCAST), for who lists it. */
export interface AddressLabel {
  /** The device's name where nothing else was asked for. */
  readonly name?: string;
  /** The broadcast address that was asked for; `ip address add` asks for none by itself. */
  readonly broadcast?: Ipv4;
}

export class Device {
  mtu: number;
  up = false;
  /** Has it ever been up? From then on it has a queueing discipline. */
  activated = false;
  /** Is the other end of the cable there and up? A device without a cable always has a carrier. */
  hasCarrier: () => boolean = () => true;
  readonly addresses: DeviceAddress[] = [];
  readonly neighbours = new Map<Ipv4, NeighbourEntry>();
  /** The bridge that this device is a port of. */
  master: Device | undefined;
  /** Puts a frame on the wire (ndo_start_xmit). Set by whoever knows what is at the other end. */
  transmit: (frame: Frame) => void = () => {};
  /** Bridge port flag: may a frame leave by the port it came in on? */
  hairpin = false;

  constructor(
    readonly name: string,
    /** Grows in the order of registration within the namespace; lo has 1. */
    readonly index: number,
    readonly kind: DeviceKind,
    public mac: Mac,
    readonly conf: Conf,
    readonly neigh: NeighConf,
    /** Puts a frame on the wire (ndo_start_xmit). */
  ) {
    this.mtu = kind === 'loopback' ? 65_536 : 1500;
  }

  get operational(): boolean {
    return this.up && this.hasCarrier();
  }

  /** The first address that is not secondary. */
  get primary(): DeviceAddress | undefined {
    return this.addresses.find((address) => !address.secondary);
  }

  /**
   * __inet_insert_ifa(): a further address of a subnet becomes secondary and goes last; a primary one goes behind those of
   * its own or a wider scope.
   */
  insertAddress(address: InterfaceAddress, scope: AddressScope, label: AddressLabel = {}): DeviceAddress {
    const secondary = this.addresses.some(
      (other) => other.length === address.length && sameSubnet(other, address) && other.scope === scope,
    );
    const inserted = { ...address, scope, secondary, broadcast: broadcastOf(address), label };
    const after = secondary
      ? this.addresses.length - 1
      : this.addresses.findLastIndex((other) => follows(scope, other));
    this.addresses.splice(after + 1, 0, inserted);
    return inserted;
  }
}

/** Does a primary address of this scope go behind the other one? */
function follows(scope: AddressScope, other: DeviceAddress): boolean {
  return !other.secondary && NEARNESS[scope] <= NEARNESS[other.scope];
}

export function sameSubnet(a: InterfaceAddress, b: InterfaceAddress): boolean {
  const shift = 32 - a.length;
  return a.length === 0 || a.address >>> shift === b.address >>> shift;
}
