/** ip(8): its options and its objects. */
import type { Call, Command } from '../../command.js';
import { CommandFailure, NotSimulated } from '../../failures.js';
import { address } from './address.js';
import { Arguments, firstMatch, matches } from './arguments.js';
import type { IpCall, IpObject } from './ip-call.js';
import { link } from './link.js';
import { neighbour } from './neighbour.js';
import { netns } from './netns.js';
import { route } from './route.js';
import { rule } from './rule.js';

const SIMULATED: readonly IpObject[] = [address, link, neighbour, netns, route, rule];

/** All objects of iproute2 6.1 in the order in which `ip` looks for an abbreviation (ip.c, cmds). */
const OBJECTS = [
  ...['address', 'addrlabel', 'maddress', 'route', 'rule', 'neighbor', 'neighbour', 'ntable', 'ntbl', 'link', 'l2tp'],
  ...['fou', 'ila', 'macsec', 'tunnel', 'tunl', 'tuntap', 'tap', 'token', 'tcpmetrics', 'monitor', 'xfrm', 'mroute'],
  ...['mrule', 'netns', 'netconf', 'vrf', 'sr', 'nexthop', 'mptcp', 'ioam', 'amt', 'help'],
];

const OPTIONS = [
  ...['-loops', '-family', '-4', '-6', '-0', '-M', '-B', '-human-readable', '-iec', '-statistics', '-details'],
  ...['-resolve', '-oneline', '-timestamp', '-tshort', '-Version', '-force', '-batch', '-brief', '-json', '-rcvbuf'],
  ...['-color', '-help', '-netns', '-Numeric', '-all', '-pretty'],
];

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | addrlabel | amt | fou | help | ila | ioam | l2tp |
                   link | macsec | maddress | monitor | mptcp | mroute | mrule |
                   neighbor | neighbour | netconf | netns | nexthop | ntable |
                   ntbl | route | rule | sr | tap | tcpmetrics |
                   token | tunnel | tuntap | vrf | xfrm }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[esolve] |
                    -h[uman-readable] | -iec | -j[son] | -p[retty] |
                    -f[amily] { inet | inet6 | mpls | bridge | link } |
                    -4 | -6 | -M | -B | -0 |
                    -l[oops] { maximum-addr-flush-attempts } | -br[ief] |
                    -o[neline] | -t[imestamp] | -ts[hort] | -b[atch] [filename] |
                    -rc[vbuf] [size] | -n[etns] name | -N[umeric] | -a[ll] |
                    -c[olor]}
`;

export const ip: Command = {
  names: ['ip'],
  models: 'iproute2 6.1',
  usage: ['ip [-4] [-br] [-o] [-n NETNS] OBJECT COMMAND', ...SIMULATED.flatMap(({ usage }) => usage)],
  run(call) {
    const args = new Arguments(call.args);
    const options = { inet: false, brief: false, oneline: false };
    let { ns } = call;
    for (let word = args.peek(); word?.startsWith('-'); word = args.peek()) {
      args.take();
      switch (readOption(word)) {
        case '-4':
          options.inet = true;
          break;
        case '-family':
          if (args.need() !== 'inet') throw new NotSimulated('only the family inet is simulated');
          options.inet = true;
          break;
        case '-brief':
          options.brief = true;
          break;
        case '-oneline':
          options.oneline = true;
          break;
        case '-netns': {
          ns = netnsOf(call, args.need());
          break;
        }
        case '-Version':
          call.out('ip utility, iproute2-6.1.0, libbpf 1.1.2\n');
          return 0;
        default:
          throw new NotSimulated(`the option \`${word}\` of ip is not simulated; there are -4 -br -o -n`);
      }
    }
    const object = args.take();
    if (object === undefined || firstMatch(object, OBJECTS) === 'help') throw new CommandFailure(USAGE, 255);
    return run({ ...call, ns, ...options }, object, args);
  },
};

function readOption(word: string): string {
  const text = word.startsWith('--') ? word.slice(1) : word;
  const option = firstMatch(text, OPTIONS);
  if (option === undefined) throw new CommandFailure(`Option "${text}" is unknown, try "ip -help".\n`, 255);
  return option;
}

function netnsOf({ network }: Call, name: string) {
  const found = network.namespace(name);
  if (!found) throw new CommandFailure(`Cannot open network namespace "${name}": No such file or directory\n`, 255);
  return found;
}

function run(ip: IpCall, word: string, args: Arguments): number {
  const object = firstMatch(word, OBJECTS);
  if (object === undefined) throw new CommandFailure(`Object "${word}" is unknown, try "ip help".\n`, 1);
  const simulated = SIMULATED.find(({ names }) => names.includes(object));
  if (!simulated) {
    const known = SIMULATED.map(({ names: [name] }) => name).join(', ');
    throw new NotSimulated(`\`ip ${object}\` is not simulated; there are ${known}`);
  }
  const command = args.peek();
  if (command !== undefined && matches(command, 'help')) {
    throw new NotSimulated(`the help of \`ip ${object}\` is not simulated:\n${simulated.usage.join('\n')}`);
  }
  return simulated.run(ip, args);
}
