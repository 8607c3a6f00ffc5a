/** ping(8) in virtual time: no packet takes any, so every round trip is 0.000 ms unless something waits. */
import { ICMP_ECHO } from '../../net/icmp.js';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../net/ipv4.js';
import { ICMP } from '../../net/packet.js';
import { isLocalAddress } from '../../stack/devinet.js';
import { originate } from '../../stack/ip-output.js';
import { ERRNO_TEXT, PING_BROADCAST, pingText } from '../../stack/outcome.js';
import { type OutputDecision, routeOutput } from '../../stack/routing.js';
import { pingKey } from '../../stack/sockets.js';
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { flags, type OptionTable, type ReadOptions, readOptions } from '../options.js';
import { fabricOf, hostAddress, waitUntil } from './probe.js';

const OPTIONS: OptionTable = {
  letters: { ...flags('nq4'), c: 'value', i: 'value', s: 'value', W: 'value', w: 'value', I: 'value', t: 'value' },
};

/** MAXWAIT: how long the last answer is waited for, in milliseconds. */
const LINGER = 10_000;
const ICMP_HEADER = 8;
const IP_HEADER = 20;

export const ping: Command = {
  names: ['ping'],
  models: 'iputils 20221126, in virtual time',
  usage: ['ping -c COUNT [-i SECONDS] [-W SECONDS] [-w SECONDS] [-s SIZE] [-I {DEV|ADDRESS}] [-t TTL] [-q] [-n] HOST'],
  run(call) {
    const options = readOptions(call, OPTIONS);
    const [host, ...others] = options.operands;
    if (others.length > 0) throw new NotSimulated('ping by way of other hosts is not simulated');
    if (host === undefined) throw new CommandFailure('ping: usage error: Destination address required\n', 1);
    const count = readCount(options);
    const address = hostAddress(host);
    if (address === undefined) throw new CommandFailure(`ping: ${host}: Temporary failure in name resolution\n`, 2);
    return new Ping(call, options, host, address, count).run();
  },
};

function readCount(options: ReadOptions): number {
  const text = options.value('c');
  if (text === undefined && !options.has('w'))
    throw new NotSimulated('ping runs until it is stopped: say how often with `-c COUNT`');
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^-?[0-9]+$/.test(text)) throw new CommandFailure(`ping: invalid argument: '${text}'\n`, 1);
  if (Number(text) >= 1) return Number(text);
  throw new CommandFailure(`ping: invalid argument: '${text}': out of range: 1 <= value <= 9223372036854775807\n`, 1);
}

function readTtl(options: ReadOptions): number | undefined {
  const text = options.value('t');
  if (text === undefined) return undefined;
  if (!/^[0-9]+$/.test(text)) throw new CommandFailure(`ping: invalid argument: '${text}'\n`, 1);
  if (Number(text) <= 255) return Number(text);
  throw new CommandFailure(`ping: invalid argument: '${text}': out of range: 0 <= value <= 255\n`, 1);
}

function milliseconds(options: ReadOptions, letter: string, otherwise: number): number {
  const text = options.value(letter);
  if (text === undefined) return otherwise;
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text)) throw new CommandFailure(`ping: invalid argument: '${text}'\n`, 1);
  return Number(text) * 1000;
}

class Ping {
  readonly #sentAt: number[] = [];
  readonly #roundTrips: number[] = [];
  #errors = 0;
  #mostInFlight = 1;

  constructor(
    private readonly call: Call,
    private readonly options: ReadOptions,
    private readonly host: string,
    private readonly address: Ipv4,
    private readonly count: number,
  ) {}

  /** `-I`: the device, or the address, that it is sent from. */
  get #from(): string | undefined {
    return this.options.value('I');
  }

  get #source(): Ipv4 {
    return (this.#from === undefined ? undefined : parseIpv4(this.#from)) ?? 0;
  }

  get #device(): string | undefined {
    return this.#source === 0 ? this.#from : undefined;
  }

  #checkFrom(): void {
    const { ns } = this.call;
    if (this.#device !== undefined && !ns.devices.has(this.#device))
      throw new CommandFailure(`ping: SO_BINDTODEVICE ${this.#device}: No such device\n`, 2);
    if (this.#source !== 0 && !isLocalAddress(ns, this.#source))
      throw new CommandFailure('ping: bind: Cannot assign requested address\n', 2);
  }

  run(): number {
    const { call, host, address, options } = this;
    const size = Number(options.value('s') ?? 56);
    const ttl = readTtl(options);
    this.#checkFrom();
    const route = this.#connect();
    const from = this.#from === undefined ? '' : `from ${formatIpv4(route.source)} ${this.#device ?? ''}: `;
    call.out(
      `PING ${host} (${formatIpv4(address)}) ${from}${size}(${size + ICMP_HEADER + IP_HEADER}) bytes of data.\n`,
    );
    this.#exchange(route, size, ttl);
    call.out(this.#statistics());
    return this.#roundTrips.length > 0 ? 0 : 1;
  }

  #connect(): Extract<OutputDecision, { ok: true }> {
    const decision = routeOutput(this.call.ns, this.#source, this.address, 0, this.#device);
    if (decision.ok && decision.route.kind !== 'broadcast') return decision;
    const forbidden = decision.ok || decision.error === 'EACCES';
    throw new CommandFailure(`ping: ${forbidden ? PING_BROADCAST : `connect: ${ERRNO_TEXT[decision.error]}`}\n`, 2);
  }

  #exchange(decision: Extract<OutputDecision, { ok: true }>, size: number, ttl: number | undefined): void {
    const { ns } = this.call;
    const fabric = fabricOf(this.call);
    const interval = milliseconds(this.options, 'i', 1000);
    const start = fabric.clock.now;
    const deadline = start + milliseconds(this.options, 'w', Number.POSITIVE_INFINITY);
    const id = ns.sockets.echoId();
    ns.sockets.wait(pingKey(id), {
      name: 'ping',
      receive: (skb) => {
        const { payload, ttl, src, length } = skb.packet;
        if (payload.kind === 'icmp') this.#answered(payload.seq, ttl, formatIpv4(src), length - IP_HEADER);
      },
      error: (icmp, from) => {
        const text = pingText(icmp);
        const about = icmp.quoted?.payload;
        if (text !== undefined && about?.kind === 'icmp') this.#refused(about.seq, formatIpv4(from), text);
      },
    });
    const finished = () => this.#roundTrips.length + this.#errors >= this.count;
    for (let seq = 1; seq <= this.count && fabric.clock.now < deadline; seq += 1) {
      this.#sentAt.push(fabric.clock.now);
      const payload = { kind: 'icmp', type: ICMP_ECHO, code: 0, id, seq } as const;
      const datagram = {
        src: decision.source,
        dst: this.address,
        protocol: ICMP,
        size: size + ICMP_HEADER,
        df: true,
        payload,
        ...(ttl !== undefined && { ttl }),
      };
      const { result } = originate(ns, datagram, decision.route, decision.lookup, 'socket', undefined);
      if (result === 'undetermined')
        throw new NotSimulated('a rule of this namespace that is not modelled decides about the request');
      if (seq < this.count) waitUntil(fabric, Math.min(deadline, start + seq * interval), () => false);
    }
    const linger =
      this.#roundTrips.length > 0 ? 2 * Math.max(...this.#roundTrips) : milliseconds(this.options, 'W', LINGER);
    waitUntil(fabric, Math.min(deadline, fabric.clock.now + linger), finished);
    ns.sockets.close(pingKey(id));
  }

  #answered(seq: number, ttl: number, from: string, octets: number): void {
    const roundTrip = this.call.ns.clock.now - this.#sentAt[seq - 1]!;
    this.#roundTrips.push(roundTrip);
    this.#noteInFlight(seq);
    this.#say(`${octets} bytes from ${from}: icmp_seq=${seq} ttl=${ttl} time=${roundTrip.toFixed(3)} ms`);
  }

  #refused(seq: number, from: string, text: string): void {
    this.#errors += 1;
    this.#noteInFlight(seq);
    this.#say(`From ${from} icmp_seq=${seq} ${text}`);
  }

  #say(line: string): void {
    if (!this.options.has('q')) this.call.out(`${line}\n`);
  }

  #noteInFlight(seq: number): void {
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#sentAt.length - seq + 1);
  }

  #statistics(): string {
    const sent = this.#sentAt.length;
    const received = this.#roundTrips.length;
    const loss = Math.floor(((sent - received) * 100) / sent);
    const errors = this.#errors > 0 ? ` +${this.#errors} errors,` : '';
    const time = this.#sentAt.at(-1)! - this.#sentAt[0]!;
    const pipe = this.#mostInFlight > 1 ? `pipe ${this.#mostInFlight}` : '';
    const ending = received > 0 ? `${roundTripLine(this.#roundTrips)}${pipe && `, ${pipe}`}` : pipe;
    return `
--- ${this.host} ping statistics ---
${sent} packets transmitted, ${received} received,${errors} ${loss}% packet loss, time ${time}ms
${ending}
`;
  }
}

function roundTripLine(all: readonly number[]): string {
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length);
  const figures = [Math.min(...all), mean, Math.max(...all), deviation].map((figure) => figure.toFixed(3));
  return `rtt min/avg/max/mdev = ${figures.join('/')} ms`;
}
