/** The ports of one node: what can still be published on it (bind(2), as docker-proxy and dockerd call it). */
import { contains, ipv4, prefix } from '../../net/ipv4.js';
import type { ClusterNode, PublishedPort } from '../cluster.js';

const LOOPBACK = prefix('127.0.0.0/8');

interface Holder {
  readonly protocol: string;
  readonly port: number;
  readonly address: string | undefined;
  /** The workload it is published by; undefined: the node listens itself. */
  readonly workload: string | undefined;
}

export class HostPorts {
  readonly #holders: Holder[];

  constructor(private readonly node: ClusterNode) {
    this.#holders = node.draft.listens.map(({ protocol, port, address }) => {
      return { protocol, port, address, workload: undefined };
    });
  }

  /** Takes a port for a workload. Returns why not, where it cannot be had. */
  take({ protocol, hostPort, hostAddress }: PublishedPort, workload: string): string | undefined {
    if (hostAddress !== undefined && !this.#owns(hostAddress)) return `${this.node.name} has no address ${hostAddress}`;
    const holder = this.#holders.find(
      ({ protocol: other, port, address }) =>
        other === protocol &&
        port === hostPort &&
        (address === undefined || hostAddress === undefined || address === hostAddress),
    );
    if (holder?.workload !== undefined)
      return `port ${hostPort}/${protocol} of ${this.node.name} is published by ${holder.workload} already`;
    if (holder) return `something on ${this.node.name} listens on port ${hostPort}/${protocol} already`;
    this.#holders.push({ protocol, port: hostPort, address: hostAddress, workload });
    return undefined;
  }

  #owns(address: string): boolean {
    if (address === this.node.address || contains(LOOPBACK, ipv4(address))) return true;
    return this.node.draft.links.some(({ addresses }) => addresses.some((each) => each.split('/')[0] === address));
  }
}
