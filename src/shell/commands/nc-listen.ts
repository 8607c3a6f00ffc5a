/** `nc -l`: takes one connection, or with -k all of them. */
import { formatIpv4, type Ipv4 } from '../../net/ipv4.js';
import { connectionKey, type Listener } from '../../stack/sockets.js';
import type { Call } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { killedBy } from '../jobs.js';
import type { ReadOptions } from '../options.js';
import { hostAddress } from './probe.js';

export function listen(call: Call, options: ReadOptions, readPort: (text: string) => number): number {
  const operands = [...options.operands];
  const portText = options.value('p') ?? operands.pop();
  const [host = options.value('s') ?? '0.0.0.0', ...others] = operands;
  if (portText === undefined || others.length > 0 || options.has('z') || options.has('w'))
    throw new NotSimulated('only `nc -l [ADDRESS] PORT` listens');
  const port = readPort(portText);
  const address = hostAddress(host);
  if (address === undefined) throw new NotSimulated(`\`${host}\` is no address to listen on`);
  if (options.has('u') && options.has('k')) throw new NotSimulated('`nc -u -l -k` is not simulated');
  const tell = (text: string) => {
    if (options.has('v')) call.err(`${text}\n`);
  };
  const protocol = options.has('u') ? 'udp' : 'tcp';
  checkOwn(call, address, 'nc: Cannot assign requested address\n');
  tell(`${protocol === 'tcp' ? 'Listening' : 'Bound'} on ${host} ${port}`);
  if (!call.background) throw waits(call);
  const keep = options.has('k');
  const { sockets } = call.ns;
  const listener: Listener = {
    ...{ protocol, port, address },
    ...(protocol === 'tcp'
      ? {
          accepted(from, theirs) {
            tell(`Connection received on ${formatIpv4(from)} ${theirs}`);
            if (keep) return;
            sockets.unlisten(listener);
            job.end(0);
          },
        }
      : {
          received({ packet: { src, dst, payload } }) {
            if (payload.kind !== 'udp') return;
            tell(`Connection received on ${formatIpv4(src)} ${payload.sport}`);
            // It connects to the first that speaks: whoever else does finds the port closed.
            sockets.unlisten(listener);
            const key = connectionKey('udp', dst, port, src, payload.sport);
            sockets.wait(key, { name: `udp ${port}`, receive() {}, error: () => sockets.close(key) });
          },
        }),
  };
  sockets.listen(listener);
  const job = call.stay((signal) => {
    sockets.unlisten(listener);
    return killedBy(signal);
  });
  return 0;
}

/** @throws CommandFailure for an address that is not this host's */
export function checkOwn({ ns }: Call, address: Ipv4, complaint: string): void {
  if (address === 0) return;
  const lookup = ns.fib.lookup({ src: 0, dst: address, iif: 'lo', oif: undefined, mark: 0 });
  if (!lookup.ok || lookup.route.type !== 'local') throw new CommandFailure(complaint, 1);
}

/** In the foreground it would never come back: nothing else happens meanwhile. */
export function waits({ name }: Call): NotSimulated {
  return new NotSimulated(`${name} would wait for ever, and nothing else happens meanwhile: end the line with \`&\``);
}
