/** brctl(8) of bridge-utils: bridges and their ports. */
import { deleteLink } from '../../fabric/veth.js';
import { registerDevice } from '../../stack/create.js';
import type { Device } from '../../stack/device.js';
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { newMac } from './ip/link-add.js';
import { setMaster } from './ip/link-set.js';

const HEAD = 'bridge name\tbridge id\t\tSTP enabled\tinterfaces\n';

/** By subcommand: the least number of arguments, its usage, what it does. */
const COMMANDS: Readonly<Record<string, readonly [number, string, (call: Call, args: readonly string[]) => number]>> = {
  addbr: [1, '<bridge>\t\tadd bridge', addBridge],
  delbr: [1, '<bridge>\t\tdelete bridge', deleteBridge],
  addif: [2, '<bridge> <device>\tadd interface to bridge', addPorts],
  delif: [2, '<bridge> <device>\tdelete interface from bridge', deletePorts],
  show: [0, '[ <bridge> ]\t\tshow a list of bridges', show],
};

export const brctl: Command = {
  names: ['brctl'],
  models: 'bridge-utils 1.7.1',
  usage: ['brctl {addbr|delbr} BRIDGE', 'brctl {addif|delif} BRIDGE DEV ...', 'brctl show [BRIDGE ...]'],
  run(call) {
    const [name = '', ...args] = call.args;
    const command = COMMANDS[name];
    if (!command)
      throw new NotSimulated(`\`brctl ${name}\` is not simulated; there are ${Object.keys(COMMANDS).join(', ')}`);
    const [least, usage, run] = command;
    if (args.length >= least) return run(call, args);
    throw new CommandFailure(`Incorrect number of arguments for command\nUsage: brctl ${name} ${usage}\n`, 1);
  },
};

function fail(sentence: string): CommandFailure {
  return new CommandFailure(`${sentence}\n`, 1);
}

function bridgeOf({ ns }: Call, name: string): Device {
  const bridge = ns.devices.get(name);
  if (bridge?.kind === 'bridge') return bridge;
  throw fail(bridge ? `${name} is not a bridge` : `bridge ${name} does not exist!`);
}

function addBridge({ ns, network }: Call, [name = '']: readonly string[]): number {
  if (ns.devices.has(name)) throw fail(`device ${name} already exists; can't create bridge with the same name`);
  if (name.length > 15) throw new NotSimulated('a name of more than 15 characters');
  registerDevice(ns, name, 'bridge', newMac({ network }, ns));
  return 0;
}

function deleteBridge({ ns, network }: Call, [name = '']: readonly string[]): number {
  const bridge = ns.devices.get(name);
  if (!bridge) throw fail(`bridge ${name} doesn't exist; can't delete it`);
  if (bridge.kind !== 'bridge') throw fail(`can't delete bridge ${name}: Operation not permitted`);
  if (bridge.up) throw fail(`bridge ${name} is still up; can't delete it`);
  deleteLink(network.fabric, { ns, device: bridge });
  return 0;
}

function addPorts(call: Call, [bridgeName = '', ...names]: readonly string[]): number {
  const { ns } = call;
  for (const name of names) {
    const device = ns.devices.get(name);
    if (!device) throw fail(`interface ${name} does not exist!`);
    const bridge = bridgeOf(call, bridgeName);
    if (device.master)
      throw fail(`device ${name} is already a member of a bridge; can't add it to bridge ${bridgeName}.`);
    if (device.kind === 'loopback') throw fail(`can't add ${name} to bridge ${bridgeName}: Invalid argument`);
    if (device.kind === 'bridge')
      throw fail(`can't add ${name} to bridge ${bridgeName}: Too many levels of symbolic links`);
    setMaster(ns, device, bridge);
  }
  return 0;
}

function deletePorts(call: Call, [bridgeName = '', ...names]: readonly string[]): number {
  const { ns } = call;
  for (const name of names) {
    const device = ns.devices.get(name);
    if (!device) throw fail(`interface ${name} does not exist!`);
    const bridge = bridgeOf(call, bridgeName);
    if (device.master !== bridge) throw fail(`device ${name} is not a port of ${bridgeName}`);
    setMaster(ns, device, undefined);
  }
  return 0;
}

function show(call: Call, names: readonly string[]): number {
  const { ns } = call;
  const all = [...ns.devices.values()].filter(({ kind }) => kind === 'bridge').map(({ name }) => name);
  const chosen = names.length > 0 ? names : all.sort();
  if (names.length === 0 || names.some((name) => ns.devices.get(name)?.kind === 'bridge')) call.out(HEAD);
  let exitCode = 0;
  for (const name of chosen) {
    if (ns.devices.get(name)?.kind === 'bridge') call.out(row(call, ns.devices.get(name)!));
    else {
      call.err(`bridge ${name} does not exist!\n`);
      exitCode = 1;
    }
  }
  return exitCode;
}

/** A bridge without a port has the address zero until one is given to it, and then that of its least port. */
function row({ ns }: Call, bridge: Device): string {
  const ports = [...ns.devices.values()].filter(({ master }) => master === bridge).map(({ name }) => name);
  const id = `8000.${bridge.mac.replaceAll(':', '')}`;
  return `${bridge.name}\t\t${id}\tno\t\t${ports.sort().join('\n\t\t\t\t\t\t\t')}\n`;
}
