/** `ip link` (ip/iplink.c). */
import { deleteLink } from '../../../fabric/veth.js';
import { NotSimulated } from '../../failures.js';
import { type Arguments, complaint, firstMatch, rtnetlink, unknownCommand } from './arguments.js';
import { deviceOf, devicesByIndex, type IpCall, type IpObject } from './ip-call.js';
import { addLink } from './link-add.js';
import { readLinkFilter, shows } from './link-filter.js';
import { setLink } from './link-set.js';
import { readLinkWords } from './link-words.js';
import { printLink, printLinkBriefly } from './print-link.js';

const COMMANDS = [
  'add',
  'set',
  'change',
  'replace',
  'delete',
  'show',
  'lst',
  'list',
  'xstats',
  'afstats',
  'property',
] as const;

export const link: IpObject = {
  names: ['link'],
  usage: [
    'ip link [show [[dev] DEV] [up] [type TYPE] [master DEV]]',
    'ip link set [dev] DEV [{up|down}] [mtu MTU] [address LLADDR] [{master BRIDGE|nomaster}] [netns NAME]',
    'ip link set [dev] DEV type bridge_slave hairpin {on|off}',
    'ip link add [name] NAME [mtu MTU] [address LLADDR] type {bridge|dummy}',
    'ip link add [name] NAME [mtu MTU] [address LLADDR] [netns NAME] type veth [peer [name] NAME [...]]',
    'ip link del [dev] DEV',
  ],
  run(ip, args) {
    const word = args.take();
    const command = word === undefined ? 'show' : firstMatch(word, COMMANDS);
    switch (command) {
      case 'add':
        return addLink(ip, args);
      case 'set':
      case 'change':
        return setLink(ip, args);
      case 'delete':
        return remove(ip, args);
      case 'show':
      case 'lst':
      case 'list':
        return show(ip, args);
      case undefined:
        throw unknownCommand('link', word!);
      default:
        throw new NotSimulated(`\`ip link ${command}\` is not simulated`);
    }
  },
};

function show(ip: IpCall, args: Arguments): number {
  const filter = readLinkFilter(ip, args);
  for (const device of devicesByIndex(ip).filter((one) => shows(filter, one))) {
    ip.out(ip.brief ? printLinkBriefly(ip, device) : printLink({ ...ip, inet: false }, device, true));
  }
  return 0;
}

function remove(ip: IpCall, args: Arguments): number {
  const { device: name } = readLinkWords(args);
  if (name === undefined) throw complaint('Not enough information: "dev" argument is required.', 255);
  const device = deviceOf(ip, name);
  if (device.kind === 'loopback') throw rtnetlink('Operation not supported');
  deleteLink(ip.network.fabric, { ns: ip.ns, device });
  return 0;
}
