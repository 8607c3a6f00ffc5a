/** nc(1), as far as trying whether a TCP port answers goes. */
import { serviceOf, servicePort } from '../../netfilter/xt/services.js';
import type { SocketOutcome } from '../../stack/outcome.js';
import { connect } from '../../stack/tcp.js';
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { flags, type OptionTable, readOptions } from '../options.js';
import { fabricOf, hostAddress, waitUntil } from './probe.js';

const OPTIONS: OptionTable = { letters: { ...flags('zvn4'), w: 'value' } };

/** How long Linux itself tries with tcp_syn_retries = 6, in milliseconds. */
const PATIENCE = 127_000;

export const nc: Command = {
  names: ['nc', 'netcat'],
  models: 'netcat-openbsd 1.219',
  usage: ['nc -z [-v] [-n] [-w SECONDS] HOST PORT'],
  run(call) {
    const options = readOptions(call, OPTIONS);
    const [host, portText, ...others] = options.operands;
    if (!options.has('z') || others.length > 0 || host === undefined)
      throw new NotSimulated('only `nc -z HOST PORT` is simulated');
    if (portText === undefined) throw new CommandFailure('nc: missing port number\n', 1);
    const port = readPort(portText);
    const address = hostAddress(host);
    if (address === undefined) {
      const failure = `nc: getaddrinfo for host "${host}" port ${port}: Temporary failure in name resolution\n`;
      throw new CommandFailure(failure, 1);
    }
    const outcome = tryPort(call, address, port, Number(options.value('w') ?? 0) * 1000 || PATIENCE);
    const complaint = complaintOf(outcome);
    if (!options.has('v')) return complaint === undefined ? 0 : 1;
    const name = serviceOf('tcp', port);
    if (complaint === undefined)
      call.err(
        `Connection to ${host} ${port} port [tcp/${name === `${port}` || options.has('n') ? '*' : name}] succeeded!\n`,
      );
    else call.err(`nc: connect to ${host} port ${port} (tcp) ${complaint}\n`);
    return complaint === undefined ? 0 : 1;
  },
};

function readPort(text: string): number {
  const port = /^[0-9]+$/.test(text) ? Number(text) : servicePort(text);
  if (port !== undefined && port >= 1 && port <= 65_535) return port;
  if (/^[0-9]+-[0-9]+$/.test(text)) throw new NotSimulated('trying several ports is not simulated');
  throw new CommandFailure(`nc: port number ${/^[0-9]+$/.test(text) ? 'too large' : 'invalid'}: ${text}\n`, 1);
}

function tryPort(call: Call, address: number, port: number, patience: number): SocketOutcome | undefined {
  const fabric = fabricOf(call);
  let outcome: SocketOutcome | undefined;
  const giveUp = connect(call.ns, address, port, (ended) => {
    outcome = ended;
  });
  waitUntil(fabric, fabric.clock.now + patience, () => outcome !== undefined);
  giveUp();
  return outcome;
}

/** Undefined for a connection that came to be. */
function complaintOf(outcome: SocketOutcome | undefined): string | undefined {
  if (outcome === undefined || outcome.kind === 'silence') return 'timed out: Operation now in progress';
  return outcome.kind === 'error' ? `failed: ${outcome.text}` : undefined;
}
