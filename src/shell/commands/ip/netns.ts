/** `ip netns` (ip/ipnetns.c). */

import type { Fabric } from '../../../fabric/fabric.js';
import { deleteLink } from '../../../fabric/veth.js';
import { CommandFailure, NotSimulated } from '../../failures.js';
import { type Arguments, complaint, firstMatch, unknownCommand } from './arguments.js';
import type { IpCall, IpObject } from './ip-call.js';
import { giveName, namesIn, takeName } from './netns-names.js';

const COMMANDS = [
  'list',
  'show',
  'lst',
  'list-id',
  'add',
  'set',
  'delete',
  'identify',
  'pids',
  'exec',
  'monitor',
  'attach',
] as const;

export const netns: IpObject = {
  names: ['netns'],
  usage: ['ip netns [list]', 'ip netns add NAME', 'ip netns del NAME', 'ip netns exec NAME COMMAND ...'],
  run(ip, args) {
    const word = args.take();
    const command = word === undefined ? 'list' : firstMatch(word, COMMANDS);
    switch (command) {
      case 'list':
      case 'show':
      case 'lst':
        for (const name of namesIn(ip.network.fabric)) ip.out(`${name}\n`);
        return 0;
      case 'add':
        return add(ip, needName(args));
      case 'delete':
        return remove(ip, needName(args));
      case 'exec':
        return exec(ip, args);
      case undefined:
        throw unknownCommand('netns', word!);
      default:
        throw new NotSimulated(`\`ip netns ${command}\` is not simulated`);
    }
  },
};

function needName(args: Arguments): string {
  const name = args.take();
  if (name === undefined) throw complaint('No netns name specified');
  return name;
}

function networkOf({ network: { fabric } }: IpCall): Fabric {
  if (!fabric) throw new NotSimulated('this namespace is in no network, so there is none to add to');
  return fabric;
}

function add(ip: IpCall, name: string): number {
  const fabric = networkOf(ip);
  if (fabric.namespaces.has(name)) throw complaint(`Cannot create namespace file "/run/netns/${name}": File exists`);
  fabric.addNamespace(name);
  giveName(fabric, name);
  return 0;
}

function remove(ip: IpCall, name: string): number {
  const fabric = networkOf(ip);
  const ns = fabric.namespaces.get(name);
  if (!ns) throw complaint(`Cannot remove namespace file "/run/netns/${name}": No such file or directory`);
  if (!namesIn(ip.network.fabric).includes(name))
    throw new NotSimulated(`${name} is a host of the network, which \`ip netns\` cannot delete`);
  for (const device of [...ns.devices.values()]) deleteLink(fabric, { ns, device });
  fabric.namespaces.delete(name);
  takeName(fabric, name);
  return 0;
}

function exec(ip: IpCall, args: Arguments): number {
  const name = needName(args);
  const { rest } = args;
  if (rest.length === 0) throw complaint('No command specified');
  const target = ip.network.namespace(name);
  if (!target) throw new CommandFailure(`Cannot open network namespace "${name}": No such file or directory\n`, 255);
  const exitCode = ip.execute(target, rest);
  if (exitCode === undefined) throw complaint(`exec of "${rest[0]}" failed: No such file or directory`);
  return exitCode;
}
