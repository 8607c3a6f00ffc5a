/** nc(1): tries whether a port answers, or listens on one in the background. What is said over a connection is not modelled. */
import { UDP } from '../../net/packet.js';
import { serviceOf, servicePort } from '../../netfilter/xt/services.js';
import { originate } from '../../stack/ip-output.js';
import { ERRNO_TEXT, errnoText } from '../../stack/outcome.js';
import { routeOutput } from '../../stack/routing.js';
import { connectionKey } from '../../stack/sockets.js';
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { flags, type OptionTable, type ReadOptions, readOptions } from '../options.js';
import { listen } from './nc-listen.js';
import { CONNECT_PATIENCE, fabricOf, hostAddress, tryConnection, waitUntil } from './probe.js';

const OPTIONS: OptionTable = { letters: { ...flags('zvn4ulkN'), w: 'value', p: 'value', q: 'value', s: 'value' } };

/** udptest(): a datagram at once, and another, and then one a second. */
const UDP_PROBES = [0, 0, 1000, 2000, 3000];
const UDP_HEADER = 8;

export const nc: Command = {
  names: ['nc', 'netcat'],
  models: 'netcat-openbsd 1.219',
  usage: [
    'nc -z [-u] [-v] [-n] [-w SECONDS] HOST PORT',
    'nc -l [-k] [-u] [-v] [-n] [-p] [ADDRESS] PORT &    (what it receives is not printed)',
  ],
  run(call) {
    const options = readOptions(call, OPTIONS);
    return options.has('l') ? listen(call, options, readPort) : attempt(call, options);
  },
};

function attempt(call: Call, options: ReadOptions): number {
  const [host, portText, ...others] = options.operands;
  if (!options.has('z') || others.length > 0 || host === undefined || options.has('p') || options.has('s'))
    throw new NotSimulated('only `nc -z HOST PORT` and `nc -l PORT &` are simulated: no data travels');
  if (portText === undefined) throw new CommandFailure('nc: missing port number\n', 1);
  const port = readPort(portText);
  const address = hostAddress(host);
  if (address === undefined) {
    const failure = `nc: getaddrinfo for host "${host}" port ${port}: Temporary failure in name resolution\n`;
    throw new CommandFailure(failure, 1);
  }
  const protocol = options.has('u') ? 'udp' : 'tcp';
  const patience = Number(options.value('w') ?? 0) * 1000 || CONNECT_PATIENCE;
  const complaint =
    protocol === 'tcp' ? complaintOfTcp(call, address, port, patience) : complaintOfUdp(call, address, port);
  if (complaint !== undefined) {
    if (options.has('v') && complaint !== '')
      call.err(`nc: connect to ${host} port ${port} (${protocol}) ${complaint}\n`);
    return 1;
  }
  if (options.has('v')) {
    const name = serviceOf(protocol, port);
    const known = name !== `${port}` && !options.has('n') ? name : '*';
    call.err(`Connection to ${host} ${port} port [${protocol}/${known}] succeeded!\n`);
  }
  return 0;
}

function readPort(text: string): number {
  const port = /^[0-9]+$/.test(text) ? Number(text) : servicePort(text);
  if (port !== undefined && port >= 1 && port <= 65_535) return port;
  if (/^[0-9]+-[0-9]+$/.test(text)) throw new NotSimulated('trying several ports is not simulated');
  throw new CommandFailure(`nc: port number ${/^[0-9]+$/.test(text) ? 'too large' : 'invalid'}: ${text}\n`, 1);
}

/** Undefined for a connection that came to be. */
function complaintOfTcp(call: Call, address: number, port: number, patience: number): string | undefined {
  const outcome = tryConnection(call, address, port, patience);
  if (outcome === undefined) return 'timed out: Operation now in progress';
  return outcome.kind === 'error' ? `failed: ${outcome.text}` : undefined;
}

/** Datagrams of one octet, while no error comes back; an error is not told. */
function complaintOfUdp(call: Call, address: number, port: number): string | undefined {
  const { ns } = call;
  const fabric = fabricOf(call);
  const decision = routeOutput(ns, 0, address, 0);
  if (!decision.ok) return `failed: ${ERRNO_TEXT[decision.error]}`;
  if (decision.route.kind === 'broadcast') return `failed: ${ERRNO_TEXT.EACCES}`;
  const src = decision.source;
  const sport = ns.sockets.ephemeralPort();
  const key = connectionKey('udp', src, sport, address, port);
  let refused = false;
  ns.sockets.wait(key, {
    name: `udp ${sport}`,
    receive() {},
    error(icmp) {
      refused ||= errnoText(icmp) !== undefined;
    },
  });
  const start = fabric.clock.now;
  for (const delay of UDP_PROBES) {
    waitUntil(fabric, start + delay, () => refused);
    if (refused) break;
    const payload = { kind: 'udp', sport, dport: port, data: 1 } as const;
    const datagram = { src, dst: address, protocol: UDP, size: UDP_HEADER + 1, df: true, payload };
    const { result } = originate(ns, datagram, decision.route, decision.lookup, 'socket', undefined);
    if (result === 'undetermined') throw new NotSimulated('a rule of this namespace that is not modelled decides');
    refused ||= result !== 'sent';
  }
  fabric.clock.settle();
  ns.sockets.close(key);
  return refused ? '' : undefined;
}
