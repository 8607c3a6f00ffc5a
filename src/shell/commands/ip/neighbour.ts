/** `ip neighbour` (ip/ipneigh.c). */
import { contains, formatIpv4, type InterfaceAddress, type Ipv4, prefixOf } from '../../../net/ipv4.js';
import type { Device } from '../../../stack/device.js';
import type { NeighbourEntry, NeighbourState } from '../../../stack/neighbour-entry.js';
import { NotSimulated } from '../../failures.js';
import {
  type Arguments,
  complaint,
  firstMatch,
  garbage,
  invalid,
  noDevice,
  readAddress,
  readLladdr,
  readPrefix,
  rtnetlink,
  unknownCommand,
} from './arguments.js';
import { deviceOf, devicesByIndex, type IpCall, type IpObject } from './ip-call.js';

const COMMANDS = ['add', 'replace', 'change', 'chg', 'delete', 'get', 'show', 'lst', 'list', 'flush'] as const;

const SETTABLE: readonly string[] = ['permanent', 'reachable', 'stale'];
const STATES: readonly string[] = [...SETTABLE, 'incomplete', 'delay', 'probe', 'failed'];

export const neighbour: IpObject = {
  names: ['neighbour', 'neighbor'],
  usage: [
    'ip neigh [show [PREFIX] [dev DEV] [nud STATE]]',
    'ip neigh {add|replace|change} ADDRESS lladdr LLADDR dev DEV [nud {permanent|reachable|stale}]',
    'ip neigh del ADDRESS dev DEV',
    'ip neigh flush {[PREFIX] [dev DEV] [nud STATE] | all}',
  ],
  run(ip, args) {
    const word = args.take();
    const command = word === undefined ? 'show' : firstMatch(word, COMMANDS);
    switch (command) {
      case 'add':
      case 'replace':
      case 'change':
      case 'chg':
        return put(ip, args, command);
      case 'delete':
        return remove(ip, args);
      case 'show':
      case 'lst':
      case 'list':
        return show(ip, args);
      case 'flush':
        return flush(ip, args);
      case undefined:
        throw unknownCommand('neigh', word!);
      default:
        throw new NotSimulated(`\`ip neigh ${command}\` is not simulated`);
    }
  },
};

function readEntry(ip: IpCall, args: Arguments) {
  let name: string | undefined;
  let address: Ipv4 | undefined;
  let lladdr: string | undefined;
  let state: string | undefined;
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'lladdr') lladdr = args.need();
    else if (word === 'nud') state = readState(args.need());
    else if (word === 'dev') name = args.need();
    else if (['proxy', 'router', 'use', 'managed', 'extern_learn', 'protocol'].includes(word)) {
      throw new NotSimulated(`\`${word}\` of a neighbour is not simulated`);
    } else {
      const text = word === 'to' ? args.need() : word;
      if (address !== undefined) throw garbage('to', text);
      address = readAddress(text);
    }
  }
  if (name === undefined || address === undefined) {
    throw complaint('Device and destination are required arguments.', 255);
  }
  const mac = lladdr === undefined ? undefined : readLladdr(lladdr);
  return { device: deviceOf(ip, name), address, mac, state };
}

function readState(word: string): string {
  if (!STATES.includes(word)) throw invalid('nud state is bad', word);
  return word;
}

function put(ip: IpCall, args: Arguments, command: 'add' | 'replace' | 'change' | 'chg'): number {
  const { device, address, mac, state = 'permanent' } = readEntry(ip, args);
  if (!SETTABLE.includes(state)) throw new NotSimulated(`setting a neighbour's state to ${state} is not simulated`);
  const there = device.neighbours.get(address);
  if (there && command === 'add') throw rtnetlink('File exists');
  if (!there && (command === 'change' || command === 'chg')) throw rtnetlink('No such file or directory');
  if (mac === undefined) throw new NotSimulated('a neighbour without `lladdr` is not simulated');
  setNeighbour(ip, device, address, mac, state.toUpperCase() as NeighbourState);
  return 0;
}

/** neigh_update() with NEIGH_UPDATE_F_ADMIN: whatever waited for an answer goes out. */
function setNeighbour({ ns }: IpCall, device: Device, address: Ipv4, mac: string, state: NeighbourState): void {
  const old = device.neighbours.get(address);
  old?.timer?.cancel();
  const entry: NeighbourEntry = {
    state,
    mac,
    confirmedAt: ns.clock.now,
    updatedAt: ns.clock.now,
    probes: 0,
    queue: [],
    timer: undefined,
  };
  device.neighbours.set(address, entry);
  for (const { send } of old?.queue.splice(0) ?? []) send(mac);
}

function remove(ip: IpCall, args: Arguments): number {
  const { device, address } = readEntry(ip, args);
  if (!forget(device, address)) throw rtnetlink('No such file or directory');
  return 0;
}

function forget(device: Device, address: Ipv4): boolean {
  device.neighbours.get(address)?.timer?.cancel();
  return device.neighbours.delete(address);
}

interface Filter {
  readonly device: Device | undefined;
  readonly prefix: InterfaceAddress | undefined;
  readonly state: string | undefined;
}

function readFilter(ip: IpCall, args: Arguments): Filter {
  let name: string | undefined;
  let prefix: InterfaceAddress | undefined;
  let state: string | undefined;
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'dev') name = args.need();
    else if (word === 'nud') {
      const value = args.need();
      state = value === 'all' ? undefined : readState(value);
    } else if (word === 'unused' || word === 'proxy' || word === 'master' || word === 'vrf') {
      throw new NotSimulated(`listing neighbours by \`${word}\` is not simulated`);
    } else {
      const text = word === 'to' ? args.need() : word;
      if (prefix) throw garbage('to', text);
      prefix = readPrefix(text);
    }
  }
  if (name !== undefined && !ip.ns.devices.has(name)) throw noDevice(name);
  return { device: name === undefined ? undefined : ip.ns.devices.get(name), prefix, state };
}

function* select(
  ip: IpCall,
  { device: wanted, prefix, state }: Filter,
): Generator<[Device, Ipv4, NeighbourEntry, NeighbourState]> {
  for (const device of wanted ? [wanted] : devicesByIndex(ip)) {
    for (const [address, entry] of device.neighbours) {
      const now = currentState(ip, device, entry);
      if (state !== undefined && state.toUpperCase() !== now) continue;
      if (prefix && prefix.length > 0 && !contains(prefixOf(prefix.address, prefix.length), address)) continue;
      yield [device, address, entry, now];
    }
  }
}

/** An entry that nobody confirmed for base_reachable_time is stale, whether or not anybody has looked since. */
function currentState({ ns }: IpCall, device: Device, { state, confirmedAt }: NeighbourEntry): NeighbourState {
  const old = ns.clock.now - confirmedAt > device.neigh.base_reachable_time_ms;
  return state === 'REACHABLE' && old ? 'STALE' : state;
}

function show(ip: IpCall, args: Arguments): number {
  const filter = readFilter(ip, args);
  for (const [device, address, { mac }, state] of select(ip, filter)) {
    const where = filter.device ? '' : `dev ${device.name} `;
    ip.out(`${formatIpv4(address)} ${where}${mac === undefined ? '' : `lladdr ${mac} `}${state} \n`);
  }
  return 0;
}

/** What is permanent goes only where it is asked for by its state. */
function flush(ip: IpCall, args: Arguments): number {
  if (args.done) throw complaint('Flush requires arguments.');
  const filter = readFilter(ip, args);
  for (const [device, address, , state] of [...select(ip, filter)]) {
    if (state !== 'PERMANENT' || filter.state === 'permanent') forget(device, address);
  }
  return 0;
}
