/** The sockets of a namespace: who listens, who waits for an answer. */
import type { Ipv4 } from '../net/ipv4.js';
import type { IcmpMessage, Packet } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';

/** A bound port. Address 0: any. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly address: Ipv4;
  /** The program that holds the port, where what it does with what arrives is not modelled. */
  readonly program?: string | undefined;
  /** TCP: takes note of a connection from there. */
  accepted?(from: Ipv4, port: number): void;
  /** UDP: takes a datagram, which is then not sent back. */
  received?(skb: Skb): void;
}

/** A socket that waits: for an echo reply, for the next segment of a connection, for a datagram back. */
export interface WaitingSocket {
  /** As a `delivered` event names it: `ping`, `tcp 40000`. */
  readonly name: string;
  /** A datagram for this socket arrived. */
  receive(skb: Skb): void;
  /** An ICMP error about one of its datagrams arrived, from `from`. */
  error(icmp: IcmpMessage, from: Ipv4): void;
}

export class Sockets {
  readonly listeners: Listener[] = [];
  readonly #waiting = new Map<string, WaitingSocket>();
  #nextPort = 40_000;
  #nextEchoId = 1;

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  unlisten(listener: Listener): void {
    const index = this.listeners.indexOf(listener);
    if (index >= 0) this.listeners.splice(index, 1);
  }

  listener(protocol: 'tcp' | 'udp', address: Ipv4, port: number): Listener | undefined {
    return this.listeners.find(
      (one) => one.protocol === protocol && one.port === port && (one.address === 0 || one.address === address),
    );
  }

  /** Waits under a key of one of the functions below. */
  wait(key: string, socket: WaitingSocket): void {
    this.#waiting.set(key, socket);
  }

  close(key: string): void {
    this.#waiting.delete(key);
  }

  find(key: string): WaitingSocket | undefined {
    return this.#waiting.get(key);
  }

  /** An ephemeral port: counted up, so that two connections never share one. */
  ephemeralPort(): number {
    const port = this.#nextPort;
    this.#nextPort = port === 60_999 ? 32_768 : port + 1;
    return port;
  }

  /** The identifier of one ping process. */
  echoId(): number {
    const id = this.#nextEchoId;
    this.#nextEchoId = id === 65_535 ? 1 : id + 1;
    return id;
  }
}

/** Why what reaches the port of a program comes to no known end. */
export function holds({ program, port, protocol }: Listener): string {
  return `${program} holds port ${port}/${protocol}, and what it does with what reaches it is not modelled`;
}

export function pingKey(id: number): string {
  return `ping ${id}`;
}

/** A connected socket, by its own and the other end. */
export function connectionKey(
  protocol: 'tcp' | 'udp',
  own: Ipv4,
  ownPort: number,
  other: Ipv4,
  otherPort: number,
): string {
  return `${protocol} ${own} ${ownPort} ${other} ${otherPort}`;
}

/** The key of the socket that sent a datagram. */
export function senderKey(packet: Packet): string | undefined {
  const { payload, src, dst } = packet;
  if (payload.kind === 'icmp') return pingKey(payload.id);
  if (payload.kind === 'tcp' || payload.kind === 'udp') {
    return connectionKey(payload.kind, src, payload.sport, dst, payload.dport);
  }
  return undefined;
}
