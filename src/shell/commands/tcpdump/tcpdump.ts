/** tcpdump(8) in the background: prints what passes a device while the script goes on. */
import type { Frame } from '../../../net/packet.js';
import type { Command } from '../../command.js';
import { CommandFailure, NotSimulated } from '../../failures.js';
import { flags, type OptionTable, readOptions } from '../../options.js';
import { waits } from '../nc-listen.js';
import { readFilter } from './filter.js';
import { Printer } from './print.js';
import { tap } from './tap.js';

const OPTIONS: OptionTable = { letters: { ...flags('nletUp'), i: 'value', c: 'value' } };

const SUPPRESSED = 'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n';

export const tcpdump: Command = {
  names: ['tcpdump'],
  models: 'tcpdump 4.99.3',
  usage: [
    'tcpdump -n -i {DEV|any} [-c COUNT] [-e] [-l] [-t] [FILTER] &',
    'FILTER: arp, ip, icmp, tcp, udp, [src|dst] {host ADDRESS|net PREFIX|port NUMBER}; and, or, not, ( )',
  ],
  run(call) {
    const options = readOptions(call, OPTIONS);
    const device = options.value('i');
    if (device === undefined || !options.has('n'))
      throw new NotSimulated('say the device with `-i DEV`, and `-n`: no address has a name here');
    const limit = Number(options.value('c') ?? Number.POSITIVE_INFINITY);
    if (!(limit >= 1)) throw new CommandFailure(`tcpdump: invalid packet count ${options.value('c')}\n`, 1);
    const any = device === 'any';
    if (!any && !call.ns.devices.has(device))
      throw new CommandFailure(`tcpdump: ${device}: No such device exists\n(No such device exists)\n`, 1);
    const filter = readFilter(options.operands);
    if (!call.background) throw waits(call);
    if (any) call.err('tcpdump: data link type LINUX_SLL2\n');
    const type = any ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
    call.err(`${SUPPRESSED}listening on ${device}, link-type ${type}, snapshot length 262144 bytes\n`);
    const printer = new Printer();
    let captured = 0;
    const finish = () => {
      close();
      const packets = `${captured} packet${captured === 1 ? '' : 's'}`;
      call.err(`${packets} captured\n${packets} received by filter\n0 packets dropped by kernel\n`);
      return 0;
    };
    const sees = (on: string, direction: string, frame: Frame) => {
      if ((!any && on !== device) || !filter(frame)) return;
      const time = options.has('t') ? '' : `${timeOfDay(call.ns.clock.now)} `;
      const where = any ? `${on.padEnd(5)} ${direction.padEnd(3)} ` : '';
      call.out(`${time}${where}${printer.line(frame, options.has('e') && !any)}\n`);
      captured += 1;
      if (captured === limit) job.end(finish());
    };
    const close = tap(call.ns, call.network, sees);
    const job = call.stay(() => {
      // It may have been in the middle of a line.
      call.out('\n');
      return finish();
    });
    return 0;
  },
};

/** Of a virtual time in milliseconds. */
function timeOfDay(milliseconds: number): string {
  return `${new Date(Math.floor(milliseconds)).toISOString().slice(11, 23)}${String(Math.floor((milliseconds % 1) * 1000)).padStart(3, '0')}`;
}
