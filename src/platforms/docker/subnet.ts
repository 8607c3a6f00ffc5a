/** The addresses of one bridge network: who has which, and which comes next (libnetwork ipam). */
import {
  broadcastOf,
  contains,
  formatIpv4,
  formatPrefix,
  type InterfaceAddress,
  type Ipv4,
  ipv4,
  prefixOf,
} from '../../net/ipv4.js';

export class Subnet {
  readonly gateway: InterfaceAddress;
  readonly #owners = new Map<Ipv4, string>();

  constructor(gateway: InterfaceAddress) {
    this.gateway = gateway;
    const { address, length } = prefixOf(gateway.address, gateway.length);
    this.#owners.set(address, 'the network');
    this.#owners.set(broadcastOf({ address, length }) ?? address, 'broadcast');
    this.#owners.set(gateway.address, 'the gateway');
  }

  /** Takes an address that a person chose. Returns why not, where it cannot be had. */
  take(address: string, owner: string): string | undefined {
    const number = ipv4(address);
    const subnet = prefixOf(this.gateway.address, this.gateway.length);
    if (!contains(subnet, number)) return `is outside of the network's subnet ${formatPrefix(subnet)}`;
    const taken = this.#owners.get(number);
    if (taken !== undefined) return `belongs to ${taken}`;
    this.#owners.set(number, owner);
    return undefined;
  }

  /** Takes the lowest free address; undefined where the subnet is used up. */
  next(owner: string): string | undefined {
    const { address: first, length } = prefixOf(this.gateway.address, this.gateway.length);
    const end = first + 2 ** (32 - length);
    for (let address = first; address < end; address++) {
      if (this.#owners.has(address)) continue;
      this.#owners.set(address, owner);
      return formatIpv4(address);
    }
    return undefined;
  }
}
